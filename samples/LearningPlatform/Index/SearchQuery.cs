namespace LearningPlatform.Index;

/// <summary>Makes a query of a text that a person typed.</summary>
internal static class SearchQuery
{
    /// <summary>Every word in quotes, so that nothing in it is taken for an operator; all of them have to be found.</summary>
    public static string Of(string text) => string.Join(
        ' ',
        text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit) || word.EnumerateRunes().Any(System.Text.Rune.IsLetterOrDigit))
            .Take(SearchIndex.MaxQueryWords)
            .Select(word => $"\"{word.Replace("\"", "\"\"").Replace('\0', ' ')}\""));
}
