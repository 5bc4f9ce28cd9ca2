namespace LearningPlatform.Transcode;

/// <summary>One rendition of a source.</summary>
/// <param name="Quality">Its Brotli quality.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">The SHA-256 of its bytes as they are, in lower-case hexadecimal.</param>
public sealed record Rendition(int Quality, string Path, long Bytes, string Sha256);
