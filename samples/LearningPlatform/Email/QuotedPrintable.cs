using System.Globalization;

namespace LearningPlatform.Email;

/// <summary>Reads the quoted-printable encoding (RFC 2045 §6.7).</summary>
internal static class QuotedPrintable
{
    private const int EscapeLength = 3;

    /// <summary>The bytes behind the encoding.</summary>
    /// <exception cref="FormatException">An equals sign is followed by neither two hexadecimal digits nor a line break.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> encoded)
    {
        var decoded = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '=')
                decoded.Add(encoded[i]);
            else if (i + EscapeLength > encoded.Length)
                throw new FormatException("An escape is cut short.");
            else
            {
                if (!encoded.Slice(i + 1, 2).SequenceEqual("\r\n"u8))
                    decoded.Add(ByteOf(encoded.Slice(i + 1, 2)));
                i += EscapeLength - 1;
            }
        }

        return [.. decoded];
    }

    private static byte ByteOf(ReadOnlySpan<byte> digits) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new FormatException("An escape is not two hexadecimal digits.");
}
