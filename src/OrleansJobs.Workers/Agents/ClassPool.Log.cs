using Microsoft.Extensions.Logging;

namespace OrleansJobs.Workers.Agents;

internal sealed partial class ClassPool
{
    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The lease of job {JobId} ({JobClass}) is lost: {Reason}. Its attempt is stopped and does not count.")]
    private static partial void LogLost(ILogger logger, JobId jobId, string jobClass, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The pool of '{JobClass}' now runs up to {Permits} jobs.")]
    private static partial void LogPermits(ILogger logger, string jobClass, int permits);

    [LoggerMessage(Level = LogLevel.Error, Message = "The slot of job {JobId} ({JobClass}) failed; its lease is given back, or expires if the attempt had started.")]
    private static partial void LogSlotFailed(ILogger logger, Exception exception, JobId jobId, string jobClass);
}
