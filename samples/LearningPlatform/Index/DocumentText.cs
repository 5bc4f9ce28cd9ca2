using System.Text;

namespace LearningPlatform.Index;

/// <summary>The text of a file, if it is text.</summary>
/// <param name="Text">The text; empty if it is none.</param>
/// <param name="IsText">Whether the file is text.</param>
/// <param name="IsCut">Whether the file has more text.</param>
internal sealed record DocumentText(string Text, bool IsText, bool IsCut)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], Encoding.UTF8),
        ([0xFF, 0xFE, 0, 0], Encoding.UTF32),
        ([0xFF, 0xFE], Encoding.Unicode),
        ([0xFE, 0xFF], Encoding.BigEndianUnicode),
    ];

    private static readonly DocumentText None = new("", IsText: false, IsCut: false);

    /// <summary>Reads the first <paramref name="maxBytes"/> bytes of a file as text.</summary>
    public static async Task<DocumentText> ReadAsync(Stream file, int maxBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream((int)Math.Min(maxBytes, file.Length));
        var buffer = new byte[64 * 1024];
        while (content.Length < maxBytes)
        {
            var wanted = (int)Math.Min(buffer.Length, maxBytes - content.Length);
            var read = await file.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
                break;
            content.Write(buffer, 0, read);
        }

        return Of(content.GetBuffer().AsSpan(0, (int)content.Length), isCut: file.Length > content.Length);
    }

    /// <summary>
    /// Takes bytes for text in this order: by their byte order mark; as UTF-8; as Latin-1 if no control character speaks against it.
    /// </summary>
    internal static DocumentText Of(ReadOnlySpan<byte> bytes, bool isCut)
    {
        foreach (var (mark, encoding) in Marks)
        {
            if (bytes.StartsWith(mark))
                return new DocumentText(encoding.GetString(bytes[mark.Length..]), IsText: true, isCut);
        }

        if (HasBinaryBytes(bytes))
            return None;

        var whole = isCut ? bytes[..WholeUtf8Length(bytes)] : bytes;
        try
        {
            return new DocumentText(StrictUtf8.GetString(whole), IsText: true, isCut);
        }
        catch (DecoderFallbackException)
        {
            return new DocumentText(Encoding.Latin1.GetString(bytes), IsText: true, isCut);
        }
    }

    private static bool HasBinaryBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value < ' ' && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f' or (byte)'\b' or 0x1B))
                return true;
        }

        return false;
    }

    /// <summary>Up to where the last character, which the cut may have gone through, begins or ends.</summary>
    private static int WholeUtf8Length(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.Length;
        for (var back = 0; back < 3 && start > 0 && (bytes[start - 1] & 0xC0) == 0x80; back++)
            start--;
        if (start == 0)
            return bytes.Length;

        return Rune.DecodeFromUtf8(bytes[(start - 1)..], out _, out _) == System.Buffers.OperationStatus.NeedMoreData
            ? start - 1
            : bytes.Length;
    }
}
