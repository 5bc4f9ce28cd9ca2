using System.Text;

namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// Makes text from handlers and users fit to be stored: inside its limit and well-formed. A database refuses NUL characters and halves of
/// surrogate pairs, and an ack that is refused for its error text would come back for ever.
/// </summary>
internal static class StoredText
{
    private const char Nul = '\0';
    private const char Unreadable = '\uFFFD';

    public static JobError Error(string type, string? reason) => new(type, Clean(reason ?? "", JobLimits.MaxReasonLength));

    public static JobError Clean(JobError error) => new(
        Clean(error.Type, JobLimits.MaxErrorMessageLength),
        Clean(error.Message, JobLimits.MaxErrorMessageLength),
        error.Stack is null ? null : Clean(error.Stack, JobLimits.MaxErrorStackLength));

    public static JobProgress Clean(JobProgress progress) => progress with
    {
        Fraction = double.IsNaN(progress.Fraction) ? 0 : Math.Clamp(progress.Fraction, 0, 1),
        Message = progress.Message is null ? null : Clean(progress.Message, JobLimits.MaxProgressMessageLength),
    };

    public static string Clean(string text, int limit)
    {
        var cut = text.Length <= limit ? text : string.Concat(text.AsSpan(0, limit - 1), "…");
        return IsWellFormed(cut) ? cut : Mend(cut);
    }

    /// <summary>Whether the text can be written as UTF-8 and has no NUL.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Contains(Nul))
        {
            return false;
        }

        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    private static string Mend(string text)
    {
        var mended = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            mended.Append(rune.Value == Nul ? Unreadable.ToString() : rune.ToString());
        }

        return mended.ToString();
    }
}
