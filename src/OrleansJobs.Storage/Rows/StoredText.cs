using System.Text;

namespace OrleansJobs.Storage.Rows;

/// <summary>Makes text storable that nobody can be asked to mend.</summary>
internal static class StoredText
{
    /// <summary>The text with the replacement character for what is no text: the zero character, half a surrogate pair.</summary>
    public static string Clean(string text)
    {
        if (!text.AsSpan().Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
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
