using System.Text.RegularExpressions;

namespace LearningPlatform.Demo.Folder;

/// <summary>Picks a word to search for: the one that is most frequent at the beginnings of the first documents.</summary>
internal sealed partial class WordPicker
{
    private const int MaxDocuments = 20;
    private const int MaxCharacters = 32 * 1024;

    private readonly Dictionary<string, int> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _lock = new();
    private int _documents;

    /// <summary>The word; null while there is none.</summary>
    public string? Word
    {
        get
        {
            lock (_lock)
                return _words.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Select(word => word.Key).FirstOrDefault();
        }
    }

    /// <summary>Looks at a document, unless it has seen enough of them.</summary>
    public async Task LookAtAsync(string path, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _documents) > MaxDocuments)
            return;

        try
        {
            using var reader = new StreamReader(path);
            var text = new char[MaxCharacters];
            var read = await reader.ReadBlockAsync(text, cancellationToken);
            Count(new string(text, 0, read));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The document was there for its job and is not any more; the other documents have words, too.
        }
    }

    private void Count(string text)
    {
        lock (_lock)
        {
            foreach (Match word in Words().Matches(text))
                _words[word.Value] = _words.GetValueOrDefault(word.Value) + 1;
        }
    }

    [GeneratedRegex(@"\b\p{L}{6,24}\b", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Words();
}
