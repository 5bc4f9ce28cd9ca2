using System.Buffers;
using System.Text;

namespace OrleansJobs.Storage.Rows;

/// <summary>What a database takes as text: PostgreSQL stores no zero character, and half a surrogate pair is not Unicode.</summary>
internal static class StoredText
{
    private static readonly SearchValues<char> Odd =
        SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>Whether a database gives the text back as it is.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(Odd))
        {
            return true;
        }

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || rune.Value == 0)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>The text with the replacement character for what is none.</summary>
    public static string Clean(string text)
    {
        if (IsText(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append((rune.Value == 0 ? Rune.ReplacementChar : rune).ToString());
        }

        return clean.ToString();
    }

    /// <summary>A pattern for LIKE with the escape character \ that finds the text anywhere.</summary>
    public static string Anywhere(string text) =>
        $"%{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";

    /// <summary>The text with the ASCII letters in lower case, as both databases compare.</summary>
    public static string LowerAscii(string text) => string.Create(text.Length, text, static (lower, source) =>
    {
        source.CopyTo(lower);
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(lower[i]) ? char.ToLowerInvariant(lower[i]) : lower[i];
        }
    });
}
