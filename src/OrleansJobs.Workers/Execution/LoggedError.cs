namespace OrleansJobs.Workers.Execution;

/// <summary>An exception of foreign code as log lines carry it: however long it is, or however badly it is made, it has a bound.</summary>
internal sealed class LoggedError : Exception
{
    private readonly string _text;

    private LoggedError(string text) : base(text) => _text = text;

    /// <summary>
    /// The exception itself if its whole text is within <see cref="JobLimits.MaxLoggedErrorLength"/>; otherwise the text's beginning, in an
    /// exception of its own.
    /// </summary>
    public static Exception? Of(Exception? exception)
    {
        if (exception is null)
        {
            return null;
        }

        try
        {
            var text = exception.ToString();
            return text.Length <= JobLimits.MaxLoggedErrorLength ? exception : new LoggedError(Cut(text));
        }
        catch (Exception)
        {
            var error = Errors.From(exception);
            return new LoggedError(Cut($"{error.Type}: {error.Message}"));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static string Cut(string text) =>
        text.Length <= JobLimits.MaxLoggedErrorLength ? text : string.Concat(text.AsSpan(0, JobLimits.MaxLoggedErrorLength - 1), "…");
}
