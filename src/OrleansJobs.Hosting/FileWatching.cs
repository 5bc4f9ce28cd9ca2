namespace OrleansJobs.Hosting;

/// <summary>How .NET finds out that a file of the configuration has changed.</summary>
internal static class FileWatching
{
    /// <summary>What .NET's file providers read; an operator may have set it.</summary>
    public const string Variable = "DOTNET_USE_POLLING_FILE_WATCHER";

    /// <summary>
    /// Has files looked at every few seconds instead of watched by the system. The system's watches are few and shared with all programs of a user:
    /// once they have run out a host would not start, and one that runs would die of an exception when a file changes.
    /// </summary>
    public static void Poll()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Environment.SetEnvironmentVariable(Variable, "true");
        }
    }
}
