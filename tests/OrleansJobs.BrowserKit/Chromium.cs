namespace OrleansJobs.BrowserKit;

/// <summary>The browser of this machine.</summary>
internal static class Chromium
{
    private const string Variable = "ORLEANSJOBS_CHROMIUM";
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    /// <summary>Where it is; null if there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);

    /// <summary>Skips the test, with the reason, where there is no browser.</summary>
    public static void Require() => Skip.If(
        Path is null, $"no Chromium on this machine: looked for {string.Join(", ", Places)}; {Variable} names one elsewhere (apt-get install chromium)");
}
