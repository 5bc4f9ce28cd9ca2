namespace LearningPlatform.Transcode;

/// <summary>Where a transcode stands: behind a chunk of its source that is in every rendition.</summary>
/// <param name="SourceBytes">Size of the source, to see that it is still the same.</param>
/// <param name="SourceModifiedAt">When the source was last changed, to see that it is still the same.</param>
/// <param name="ChunkBytes">Size of a chunk.</param>
/// <param name="Position">How much of the source is done.</param>
/// <param name="PrefixSha256">SHA-256 of that much of the source.</param>
/// <param name="Renditions">The renditions so far.</param>
internal sealed record TranscodeCheckpoint(
    long SourceBytes,
    DateTimeOffset SourceModifiedAt,
    int ChunkBytes,
    long Position,
    string PrefixSha256,
    IReadOnlyList<Rendition> Renditions);
