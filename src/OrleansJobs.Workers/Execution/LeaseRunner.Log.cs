using Microsoft.Extensions.Logging;

namespace OrleansJobs.Workers.Execution;

public sealed partial class LeaseRunner
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The lease of job {JobId} could not be run.")]
    private static partial void LogBroken(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Attempt {Attempt} of job {JobId} ({JobClass}) failed: {Error}: {Text}")]
    private static partial void LogFailed(
        ILogger logger, Exception? exception, int attempt, JobId jobId, string jobClass, string error, string text);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Attempt {Attempt} of job {JobId} ({JobClass}) ended: {Outcome}.")]
    private static partial void LogEnded(ILogger logger, int attempt, JobId jobId, string jobClass, AttemptOutcome? outcome);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The handler of job {JobId} ({JobClass}) does not stop; its attempt is ended without it ({Cause}), its slot stays taken.")]
    private static partial void LogGivenUp(ILogger logger, JobId jobId, string jobClass, CancellationCause cause);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The handler of job {JobId} ({JobClass}) returned after its attempt had been ended; what it did does not count.")]
    private static partial void LogReturnedLate(ILogger logger, JobId jobId, string jobClass);
}
