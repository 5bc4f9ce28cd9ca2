namespace LearningPlatform.Transcode;

/// <summary>Compresses one chunk of a source. A chunk depends on no other, so work can be taken up again behind any of them.</summary>
public interface IChunkEncoder
{
    /// <summary>The most bytes that a chunk may become.</summary>
    int MaxEncodedBytes(int chunkBytes);

    /// <summary>Writes the chunk, compressed, as a stream complete in itself; answers how many bytes that took.</summary>
    int Encode(ReadOnlySpan<byte> chunk, Span<byte> encoded, int quality);
}
