namespace LearningPlatform;

/// <summary>The job classes of the learning platform.</summary>
public static class JobClasses
{
    /// <summary>CPU-heavy and long.</summary>
    public const string Transcode = "transcode";

    /// <summary>Bursty; presses one search index.</summary>
    public const string Index = "index";

    /// <summary>Of high volume; capped by a provider's rate.</summary>
    public const string Email = "email";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Transcode, Index, Email];
}
