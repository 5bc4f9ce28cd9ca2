namespace OrleansJobs.Workers.Execution;

/// <summary>Makes the end of an attempt from what its handler returned, the value of a success in its stored form.</summary>
internal static class Results
{
    /// <summary>
    /// How the attempt ended. A value that cannot be stored is told at once, by a dead letter: the work is done, and doing it again would not
    /// make the value any better.
    /// </summary>
    public static HandlerEnd EndOf(JobResult result, JobSerializer serializer, CancellationCause cause)
    {
        if (result is not { Kind: JobResultKind.Succeeded, Value: not null })
        {
            return HandlerEnd.Returned(result, null, cause);
        }

        try
        {
            var bytes = result.Write(serializer);
            return bytes.Length <= JobLimits.MaxResultBytes
                ? HandlerEnd.Returned(result, bytes, cause)
                : Refused(JobError.ResultTooLarge, $"The result has {bytes.Length} bytes; the limit is {JobLimits.MaxResultBytes}.", cause);
        }
        catch (Exception exception)
        {
            var error = Errors.From(exception);
            return Refused(JobError.InvalidResult, $"The handler has succeeded, but its result cannot be written: {error.Type}: {error.Message}", cause);
        }
    }

    private static HandlerEnd Refused(string type, string message, CancellationCause cause) =>
        HandlerEnd.Hopeless(new JobError(type, message).Cut(), cause);
}
