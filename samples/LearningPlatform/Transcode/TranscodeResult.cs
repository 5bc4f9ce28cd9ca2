namespace LearningPlatform.Transcode;

/// <summary>What came out of a transcode.</summary>
/// <param name="Source">The file that was read.</param>
/// <param name="SourceBytes">Its size.</param>
/// <param name="SourceSha256">The SHA-256 of what was read, in lower-case hexadecimal: each rendition decodes to it.</param>
/// <param name="Renditions">The renditions, in the order of their qualities.</param>
/// <param name="ResumedBytes">How much of the source was taken over from an earlier attempt instead of compressed again.</param>
/// <param name="Checksums">A file of all the hashes, for <c>sha256sum -c</c> in the renditions' directory.</param>
/// <param name="DataDirectory">The platform's data directory, which all outputs are below.</param>
public sealed record TranscodeResult(
    string Source,
    long SourceBytes,
    string SourceSha256,
    IReadOnlyList<Rendition> Renditions,
    long ResumedBytes,
    string Checksums,
    string DataDirectory);
