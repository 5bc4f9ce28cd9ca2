using System.Text;

namespace LearningPlatform.Email;

/// <summary>A message as it stands in an <c>.eml</c> file: headers and one text (RFC 5322, 2045 and 2047).</summary>
/// <param name="Headers">The headers, unfolded and decoded, by name.</param>
/// <param name="Body">The text, decoded.</param>
public sealed record Eml(IReadOnlyDictionary<string, string> Headers, string Body)
{
    private static readonly string[] Required = ["From", "To", "Date", "Message-ID"];

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is no message; the error says why.</exception>
    public static Eml Parse(ReadOnlySpan<byte> content)
    {
        var end = content.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            throw new FormatException("No empty line ends the headers.");

        var headers = ParseHeaders(Encoding.UTF8.GetString(content[..end]));
        foreach (var name in Required)
        {
            if (!headers.ContainsKey(name))
                throw new FormatException($"The header {name} is missing.");
        }

        var encoding = headers.GetValueOrDefault("Content-Transfer-Encoding", "7bit");
        return new Eml(headers, DecodeBody(content[(end + 4)..], encoding));
    }

    private static Dictionary<string, string> ParseHeaders(string text)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Replace("\r\n ", " ").Replace("\r\n\t", " ").Split("\r\n"))
        {
            var colon = line.IndexOf(':');
            if (colon < 1 || line.AsSpan(0, colon).ContainsAnyExceptInRange('!', '~'))
                throw new FormatException($"'{line}' is no header.");
            if (!headers.TryAdd(line[..colon], EncodedWords.Decode(line[(colon + 1)..].Trim())))
                throw new FormatException($"The header {line[..colon]} is there twice.");
        }

        return headers;
    }

    private static string DecodeBody(ReadOnlySpan<byte> body, string encoding) => Encoding.UTF8.GetString(encoding.ToLowerInvariant() switch
    {
        "quoted-printable" => QuotedPrintable.Decode(body),
        "base64" => Convert.FromBase64String(Encoding.ASCII.GetString(body)),
        "7bit" or "8bit" => body,
        _ => throw new FormatException($"'{encoding}' is no transfer encoding."),
    });
}
