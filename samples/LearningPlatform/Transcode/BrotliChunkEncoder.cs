using System.IO.Compression;

namespace LearningPlatform.Transcode;

/// <summary>Makes each chunk a Brotli stream of its own.</summary>
public sealed class BrotliChunkEncoder : IChunkEncoder
{
    /// <summary>16 bytes over the codec's own bound, which does not count the end of an empty stream.</summary>
    private const int Slack = 16;

    /// <inheritdoc/>
    public int MaxEncodedBytes(int chunkBytes) => BrotliEncoder.GetMaxCompressedLength(chunkBytes) + Slack;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> chunk, Span<byte> encoded, int quality) =>
        BrotliEncoder.TryCompress(chunk, encoded, out var written, quality, Brotli.WindowBits)
            ? written
            : throw new InvalidOperationException($"Brotli did not compress a chunk of {chunk.Length} bytes at quality {quality}.");
}
