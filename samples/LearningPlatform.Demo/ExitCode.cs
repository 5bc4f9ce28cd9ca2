namespace LearningPlatform.Demo;

/// <summary>How the demo ends.</summary>
internal static class ExitCode
{
    /// <summary>Every job succeeded and every output is right.</summary>
    public const int Done = 0;

    /// <summary>A job failed, was refused, or its output is not right.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line is wrong, or the grid does not run the learning platform.</summary>
    public const int Usage = 2;

    /// <summary>The grid cannot be reached.</summary>
    public const int CannotConnect = 3;

    /// <summary>Ended by the user.</summary>
    public const int Interrupted = 130;
}
