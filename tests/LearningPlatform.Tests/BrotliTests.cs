using System.IO.Compression;
using LearningPlatform.Tests.Support;
using LearningPlatform.Transcode;

namespace LearningPlatform.Tests;

public sealed class BrotliTests : Scratch
{
    private readonly BrotliChunkEncoder _encoder = new();

    [Fact]
    public async Task Rendition_OfOneChunk_IsAnOrdinaryBrotliStream()
    {
        using var decoder = new BrotliStream(new MemoryStream(Encode("one chunk"u8)), CompressionMode.Decompress);
        using var reader = new StreamReader(decoder);

        Assert.Equal("one chunk", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Decode_OfStreamsOneBehindTheOther_GivesAll()
    {
        using var decoded = new MemoryStream();

        await Brotli.DecodeAsync(new MemoryStream([.. Encode("one "u8), .. Encode(""u8), .. Encode("two"u8)]), decoded);

        Assert.Equal("one two"u8.ToArray(), decoded.ToArray());
    }

    [Fact]
    public async Task Decode_OfNothing_IsRefused() => await AssertRefusedAsync([]);

    [Fact]
    public async Task Decode_OfACutStream_IsRefused() => await AssertRefusedAsync(Encode(Media(5000))[..^1]);

    [Fact]
    public async Task Decode_OfWhatIsNoBrotli_IsRefused() => await AssertRefusedAsync([.. Encode("one"u8), 0xFF, 0xFF, 0xFF, 0xFF]);

    private byte[] Encode(ReadOnlySpan<byte> chunk)
    {
        var encoded = new byte[_encoder.MaxEncodedBytes(chunk.Length)];
        return encoded[.._encoder.Encode(chunk, encoded, quality: 5)];
    }

    private static async Task AssertRefusedAsync(byte[] rendition) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => Brotli.DecodeAsync(new MemoryStream(rendition), Stream.Null));
}
