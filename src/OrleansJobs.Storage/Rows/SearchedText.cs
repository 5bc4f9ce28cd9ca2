namespace OrleansJobs.Storage.Rows;

/// <summary>How text is searched for, the same in both databases.</summary>
internal static class SearchedText
{
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
