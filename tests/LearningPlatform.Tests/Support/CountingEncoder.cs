using LearningPlatform.Transcode;

namespace LearningPlatform.Tests.Support;

/// <summary>The real encoder, counting what it is given.</summary>
internal sealed class CountingEncoder : IChunkEncoder
{
    private readonly BrotliChunkEncoder _real = new();

    public int Chunks { get; private set; }

    public int MaxEncodedBytes(int chunkBytes) => _real.MaxEncodedBytes(chunkBytes);

    public int Encode(ReadOnlySpan<byte> chunk, Span<byte> encoded, int quality)
    {
        Chunks++;
        return _real.Encode(chunk, encoded, quality);
    }
}
