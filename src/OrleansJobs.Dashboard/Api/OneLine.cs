namespace OrleansJobs.Dashboard.Api;

/// <summary>Text of callers as the log may have it: none makes a line of its own, or a long one.</summary>
internal static class OneLine
{
    /// <summary>Characters that are kept.</summary>
    private const int MaxLength = 200;

    public static string Of(string? text) => text switch
    {
        null => "-",
        { Length: > MaxLength } => Plain(text.AsSpan(0, MaxLength - 1)) + "…",
        _ => Plain(text),
    };

    private static string Plain(ReadOnlySpan<char> text)
    {
        var plain = new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            if (!char.IsControl(letter) && letter is not ('\u2028' or '\u2029'))
            {
                plain[length++] = letter;
            }
        }

        return new string(plain, 0, length);
    }
}
