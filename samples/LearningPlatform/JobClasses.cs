using LearningPlatform.Email;
using LearningPlatform.Index;
using LearningPlatform.Transcode;
using OrleansJobs;

namespace LearningPlatform;

/// <summary>The job classes of the learning platform: what their jobs carry, and what comes out.</summary>
public static class JobClasses
{
    /// <summary>CPU-heavy and long.</summary>
    public static readonly JobClass<TranscodeMedia, TranscodeResult> Transcode = new("transcode");

    /// <summary>Bursty; presses one search index.</summary>
    public static readonly JobClass<IndexDocument, IndexResult> Index = new("index");

    /// <summary>Of high volume; capped by a provider's rate.</summary>
    public static readonly JobClass<SendEmail, EmailResult> Email = new("email");

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> All { get; } = [Transcode.Name, Index.Name, Email.Name];
}
