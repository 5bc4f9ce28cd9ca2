using LearningPlatform.Files;
using Microsoft.Extensions.Logging;
using OrleansJobs;

namespace LearningPlatform.Index;

/// <summary>The bursty job that presses one search index: puts the text of a document into it. Safe to repeat.</summary>
public sealed partial class IndexHandler(LearningPlatformOptions options, SearchIndex index) : IJobHandler<IndexDocument>
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxTitleLength = 1_024;

    /// <summary>Indexes the document; the result is an <see cref="IndexResult"/>. A document that is missing is a dead letter.</summary>
    public async Task<JobResult> HandleAsync(IndexDocument payload, JobContext context)
    {
        var title = string.IsNullOrWhiteSpace(payload.Title) ? Path.GetFileName(payload.Path) : payload.Title;
        if (title?.Length > MaxTitleLength)
            return JobResult.DeadLetter($"The title has {title.Length} characters; it may have {MaxTitleLength}.");

        await using var source = SourceFile.TryOpen(payload.Path, options.SourceDirectories, out var fault);
        if (source is null)
            return JobResult.DeadLetter(fault);

        var bytes = source.Length;
        var document = await DocumentText.ReadAsync(source, options.MaxIndexedBytes, context.CancellationToken);
        var isCurrent = await index.UpsertAsync(
            new IndexedDocument(payload.Path, title!, document.Text, bytes, context.SubmittedAt), context.CancellationToken);
        LogIndexed(context.Logger, document.Text.Length, bytes);
        return JobResult.Success(new IndexResult(
            payload.Path, title!, bytes, document.IsText, document.Text.Length, document.IsCut, isCurrent, options.SearchDatabase, options.DataRoot));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Characters} characters of a document of {Bytes} bytes are in the index.")]
    private static partial void LogIndexed(ILogger logger, int characters, long bytes);
}
