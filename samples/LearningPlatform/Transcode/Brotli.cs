using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace LearningPlatform.Transcode;

/// <summary>
/// Reads renditions. A rendition is one Brotli stream for each chunk of its source, one behind the other; the <c>brotli</c> tool reads
/// that with <c>-d --concatenated</c>, and a rendition of a source of one chunk without.
/// </summary>
public static class Brotli
{
    /// <summary>Lowest quality: fast.</summary>
    public const int MinQuality = 0;

    /// <summary>Highest quality: small.</summary>
    public const int MaxQuality = 11;

    /// <summary>Size of the window, as a power of two (4 MiB).</summary>
    internal const int WindowBits = 22;

    private const int BufferBytes = 64 * 1024;

    /// <summary>Whether there is such a quality.</summary>
    public static bool IsQuality(int quality) => quality is >= MinQuality and <= MaxQuality;

    /// <summary>Writes what a rendition holds to <paramref name="output"/>.</summary>
    /// <exception cref="InvalidDataException">It is no rendition, or is cut short.</exception>
    public static async Task DecodeAsync(Stream rendition, Stream output, CancellationToken cancellationToken = default)
    {
        var input = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var decoded = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var decoder = new MemberDecoder();
        try
        {
            int read;
            while ((read = await rendition.ReadAsync(input, cancellationToken)) > 0)
            {
                var rest = input.AsMemory(0, read);
                while (decoder.Decode(ref rest, decoded, out var written))
                    await output.WriteAsync(decoded.AsMemory(0, written), cancellationToken);
            }

            if (!decoder.IsComplete)
                throw new InvalidDataException("The rendition is cut short.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    /// <summary>The SHA-256 of what a rendition holds, in lower-case hexadecimal.</summary>
    /// <exception cref="InvalidDataException">It is no rendition, or is cut short.</exception>
    public static async Task<string> HashContentAsync(Stream rendition, CancellationToken cancellationToken = default)
    {
        using var hash = SHA256.Create();
        await using (var output = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            await DecodeAsync(rendition, output, cancellationToken);
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private sealed class MemberDecoder : IDisposable
    {
        private BrotliDecoder _decoder;
        private bool _isInside;
        private bool _hasMembers;

        /// <summary>Whether the input so far ends behind a stream. No input at all does not: even an empty source has one.</summary>
        public bool IsComplete => _hasMembers && !_isInside;

        /// <summary>Decodes a step of <paramref name="input"/>; false once it is used up and nothing more comes of it.</summary>
        public bool Decode(ref Memory<byte> input, Span<byte> decoded, out int written)
        {
            written = 0;
            if (!_isInside && input.IsEmpty)
                return false;

            _isInside = true;
            var status = _decoder.Decompress(input.Span, decoded, out var consumed, out written);
            input = input[consumed..];
            switch (status)
            {
                case OperationStatus.Done:
                    _decoder.Dispose();
                    _decoder = default;
                    _isInside = false;
                    _hasMembers = true;
                    return true;
                case OperationStatus.InvalidData:
                    throw new InvalidDataException("The rendition is damaged.");
                case OperationStatus.NeedMoreData:
                    return written > 0;
                default:
                    return true;
            }
        }

        public void Dispose() => _decoder.Dispose();
    }
}
