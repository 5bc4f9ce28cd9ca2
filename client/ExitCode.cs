namespace OrleansJobs.Cli;

/// <summary>What the process answers to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A job that was waited for did not succeed, or the grid refused something.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or a file that it names, is not valid.</summary>
    public const int Usage = 2;

    /// <summary>The grid cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
