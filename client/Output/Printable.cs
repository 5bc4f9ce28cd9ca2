using System.Text;

namespace OrleansJobs.Cli.Output;

/// <summary>
/// Makes text that others wrote fit to print: on one line, and unable to steer the terminal or to turn what stands beside it around. All that the
/// command line prints of the grid goes through here.
/// </summary>
internal static class Printable
{
    private const int MaxValueLength = 400;

    public static string Line(string text) => string.Create(text.Length, text, static (line, from) =>
    {
        for (var index = 0; index < from.Length; index++)
        {
            line[index] = IsSteering(from[index]) ? ' ' : from[index];
        }
    });

    /// <summary>
    /// JSON that means the same. In its texts C0 cannot stand as it is, so that what there is of it stands between values; all else that steers
    /// stands in texts alone, and becomes an escape.
    /// </summary>
    public static string Json(string json)
    {
        if (!json.Any(IsSteering))
        {
            return json;
        }

        var printable = new StringBuilder(json.Length + 16);
        foreach (var character in json)
        {
            _ = !IsSteering(character) ? printable.Append(character)
                : character < ' ' ? printable.Append(' ')
                : printable.Append($"\\u{(int)character:x4}");
        }

        return printable.ToString();
    }

    /// <summary>The bytes as text, cut to what a person wants to see.</summary>
    public static string Bytes(ReadOnlyMemory<byte> bytes)
    {
        var text = Line(Encoding.UTF8.GetString(bytes.Span[..Math.Min(bytes.Length, MaxValueLength * 4)]));
        return text.Length <= MaxValueLength ? text : $"{text.AsSpan(0, MaxValueLength)}… ({bytes.Length} bytes)";
    }

    /// <summary>C0, DEL and C1, separators of lines, and what sets the direction of text.</summary>
    private static bool IsSteering(char character) =>
        char.IsControl(character) || character is '\u061C' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
