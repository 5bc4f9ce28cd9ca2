using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Execution;

/// <summary>Tells the job's authority how attempts ended.</summary>
internal sealed partial class AttemptAcker(IJobPort port, TimeProvider time, ILogger<AttemptAcker> logger)
{
    private readonly ILogger _logger = logger.Contained();

    /// <summary>Sends an ack until it is accepted or refused; gives up only when the silo has no time left.</summary>
    /// <returns>The answer; null if there never was one.</returns>
    public async Task<AckReply?> AckAsync(RunningAttempt attempt, AttemptAck ack)
    {
        var id = attempt.Lease.Job.Id;
        GrowingPause? pause = null;
        while (!attempt.Abandoned.IsCancellationRequested)
        {
            try
            {
                var reply = await port.AckAsync(id, ack);
                if (reply.Verdict is not (Verdict.Applied or Verdict.Repeated))
                {
                    using var scope = _logger.BeginScope(attempt.Scope);
                    LogRefused(_logger, id, ack.Outcome, reply.Verdict, reply.State);
                }

                return reply;
            }
            catch (Exception exception)
            {
                using var scope = _logger.BeginScope(attempt.Scope);
                LogNoAnswer(_logger, exception, id, ack.Outcome);
            }

            await (pause ??= new GrowingPause(time)).WaitAsync(attempt.Abandoned);
        }

        using var last = _logger.BeginScope(attempt.Scope);
        LogAbandoned(_logger, id, ack.Outcome);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ack of job {JobId} as {Outcome} has no answer; it is repeated.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, JobId jobId, AttemptOutcome outcome);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The ack of job {JobId} as {Outcome} was refused ({Verdict}): the attempt does not count; the job is {State}.")]
    private static partial void LogRefused(ILogger logger, JobId jobId, AttemptOutcome outcome, Verdict verdict, JobState state);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The silo stops before job {JobId} could be acked as {Outcome}; the job will run again.")]
    private static partial void LogAbandoned(ILogger logger, JobId jobId, AttemptOutcome outcome);
}
