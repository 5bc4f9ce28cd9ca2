using System.Buffers;
using System.Text;

namespace OrleansJobs;

/// <summary>What every database takes as text: PostgreSQL stores no NUL, and half a surrogate pair is not Unicode.</summary>
internal static class StorableText
{
    private static readonly SearchValues<char> Odd =
        SearchValues.Create(['\0', .. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    /// <summary>Whether a database gives the text back as it is.</summary>
    public static bool Is(ReadOnlySpan<char> text)
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

    /// <summary>The text with the replacement character for what is no text.</summary>
    public static string Clean(string text)
    {
        if (Is(text))
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
}
