namespace LearningPlatform.Email;

/// <summary>The mail server that emails are handed to.</summary>
public sealed record SmtpOptions
{
    /// <summary>Name or address of the server. <c>localhost</c> by default.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Its port, from 1 to 65535. 25 by default.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Whether to go on over TLS (STARTTLS). False by default.</summary>
    public bool UseTls { get; init; }

    /// <summary>The name to log in with; null, the default, does not log in.</summary>
    public string? UserName { get; init; }

    /// <summary>The password to log in with; set together with <see cref="UserName"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Where the server is, without the login.</summary>
    public override string ToString() => $"smtp://{Host}:{Port}";

    internal IEnumerable<string> Faults()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return $"LearningPlatform:Smtp:Host is '{Host}'; it must be a host name or an address.";
        if (Port is < 1 or > 65_535)
            yield return $"LearningPlatform:Smtp:Port is {Port}; it must be from 1 to 65535.";
        if (UserName is null != Password is null)
            yield return "LearningPlatform:Smtp:UserName and Password must be set together.";
    }
}
