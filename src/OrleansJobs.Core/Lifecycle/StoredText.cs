namespace OrleansJobs.Core.Lifecycle;

/// <summary>
/// Makes text from handlers and users fit to be stored: inside its limit and well-formed. A database refuses NUL characters and halves of
/// surrogate pairs, and an ack that is refused for its error text would come back for ever.
/// </summary>
internal static class StoredText
{
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
        return StorableText.Clean(cut);
    }
}
