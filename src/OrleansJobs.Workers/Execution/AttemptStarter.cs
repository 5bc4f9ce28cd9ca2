using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Execution;

/// <summary>Starts attempts at the job's authority.</summary>
internal sealed partial class AttemptStarter(
    IJobPort port, LocalSilo silo, RunningJobs running, SuspectPlaces places, WorkerOptions options, TimeProvider time, ILogger<AttemptStarter> logger)
{
    private readonly ILogger _logger = logger.Contained();

    /// <summary>
    /// Starts the attempt of a lease; that of a suspected job waits for its place on this silo first.
    /// </summary>
    /// <returns>The answer; null if the lease was dropped.</returns>
    public async Task<StartReply?> StartAsync(RunningAttempt attempt)
    {
        var reply = await StartAsync(attempt, StartPlace.Any, attempt.ReceivedAt);
        if (reply is not { Verdict: Verdict.Suspect, Job: { } job })
        {
            return reply;
        }

        var place = await places.TakeAsync(attempt, job);
        if (place != StartPlace.None)
        {
            reply = await StartAsync(attempt, place, time.GetTimestamp());
        }

        return reply is { Verdict: Verdict.Suspect } ? await places.PutOffAsync(attempt) : reply;
    }

    /// <summary>
    /// A call without an answer may have started the attempt, so it is repeated until it is known whether it did, or the lease is lost. Only a
    /// lease that certainly has not started is dropped, when it came too late or the silo drains.
    /// </summary>
    private async Task<StartReply?> StartAsync(RunningAttempt attempt, StartPlace place, long from)
    {
        GrowingPause? pause = null;
        for (var unclear = false; !MustDrop(attempt, unclear, from); unclear = true)
        {
            try
            {
                return Claimed(attempt, await CallAsync(attempt, place), unclear);
            }
            catch (Exception exception)
            {
                using var scope = ScopeOf(attempt);
                LogNoAnswer(_logger, exception, attempt.Lease.Job.Id);
            }

            await (pause ??= new GrowingPause(time)).WaitAsync(attempt.Cause == CancellationCause.None ? attempt.Stopped : attempt.Abandoned);
        }

        using var last = ScopeOf(attempt);
        LogDropped(_logger, attempt.Lease.Job.Id, attempt.Cause);
        return null;
    }

    private Task<StartReply> CallAsync(RunningAttempt attempt, StartPlace place) => place == StartPlace.Any
        ? port.StartAsync(attempt.Lease, silo.Name)
        : port.StartSuspectAsync(attempt.Lease, silo.Name, place);

    private IDisposable? ScopeOf(RunningAttempt attempt) =>
        _logger.BeginScope(new JobScope(attempt.Lease.Job.Id, attempt.Lease.JobClass, silo: silo.Name));

    private bool MustDrop(RunningAttempt attempt, bool unclear, long from) =>
        attempt.Abandoned.IsCancellationRequested
        || attempt.Cause == CancellationCause.LeaseLost
        || (!unclear && (attempt.Cause == CancellationCause.Draining || time.GetElapsedTime(from) >= options.StartTimeout));

    // After a call without an answer, a job that runs on this silo with a token that no other attempt has was started by that call.
    private StartReply Claimed(RunningAttempt attempt, StartReply reply, bool unclear)
    {
        var started = reply.Job is { State: JobState.Running }
            && (reply.Verdict is Verdict.Applied or Verdict.Repeated || (unclear && reply.Job.Silo == silo.Name))
            && running.TryClaimToken(attempt, reply.Job.LeaseToken);
        var verdict = started ? Verdict.Applied : reply.Verdict is Verdict.Applied or Verdict.Repeated ? Verdict.WrongState : reply.Verdict;
        return reply with { Verdict = verdict };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The start of job {JobId} has no answer; it is repeated.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The lease of job {JobId} is given back without a start (stopped for: {Cause}).")]
    private static partial void LogDropped(ILogger logger, JobId jobId, CancellationCause cause);
}
