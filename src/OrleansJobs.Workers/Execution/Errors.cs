namespace OrleansJobs.Workers.Execution;

/// <summary>Makes errors from exceptions of any make.</summary>
internal static class Errors
{
    /// <summary>The error of an exception. An exception type may be written so badly that even reading it throws.</summary>
    public static JobError From(Exception exception)
    {
        try
        {
            return JobError.From(exception);
        }
        catch (Exception unreadable)
        {
            return new JobError(
                exception.GetType().FullName ?? exception.GetType().Name,
                $"The exception cannot be read: asking for its text throws {unreadable.GetType().FullName}.").Cut();
        }
    }
}
