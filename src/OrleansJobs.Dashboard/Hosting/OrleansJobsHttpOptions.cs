namespace OrleansJobs.Dashboard;

/// <summary>Where the HTTP API listens: the configuration section <see cref="Section"/>.</summary>
public sealed class OrleansJobsHttpOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "JobGrid:Http";

    /// <summary>Where the API listens unless it is told otherwise: this machine alone can reach it.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>
    /// Addresses to listen on, parted by semicolons, each <c>http(s)://host:port</c>. <see cref="DefaultUrl"/> by default. The API asks
    /// nobody who they are: give it another address only where the network keeps strangers out.
    /// </summary>
    public string Url { get; set; } = DefaultUrl;

    /// <summary>What is wrong with the options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. Url.Split(';').Where(url => !IsListenable(url)).Select(url =>
            $"{Section}:{nameof(Url)} is '{url}'; expected http(s)://host:port, such as {DefaultUrl}."),
    ];

    private static bool IsListenable(string url)
    {
        // Kestrel takes * and + for a host, which are no hosts to Uri.
        var text = url.Trim().Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.PathAndQuery == "/"
            && uri.UserInfo.Length == 0;
    }
}
