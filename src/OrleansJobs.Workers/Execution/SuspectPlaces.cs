using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Workers.Execution;

/// <summary>Gets suspected jobs their place at the process's gate, or has them put off, and stores it when they run alone no more.</summary>
internal sealed partial class SuspectPlaces(ProcessGate gate, IJobPort port, TimeProvider time, ILogger<SuspectPlaces> logger)
{
    /// <summary>
    /// A suspect that was put off holds its slot so long: the silo that says when it is due may have a clock behind the dispatcher's, which would
    /// lease the job again at once, and again.
    /// </summary>
    private static readonly TimeSpan PutOffPause = TimeSpan.FromMilliseconds(100);

    private readonly ILogger _logger = logger.Contained();

    /// <summary>The place of a job that was refused as a suspect; none if it has to be put off, or if the attempt was stopped meanwhile.</summary>
    public async Task<StartPlace> TakeAsync(RunningAttempt attempt, JobRecord job)
    {
        var visit = attempt.Visit = gate.Ask(job, () => EndIsolationAsync(attempt, token: null));
        await ((Task)visit.Placed).WaitAsync(attempt.Stopped)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return visit.Placed.IsCompletedSuccessfully ? await visit.Placed : StartPlace.None;
    }

    /// <summary>Has the job be due later.</summary>
    /// <returns>The answer, as of a job that is not due; null if there is none, or if the silo has no time for it.</returns>
    public async Task<StartReply?> PutOffAsync(RunningAttempt attempt)
    {
        if (attempt.Cause != CancellationCause.None)
        {
            return null;
        }

        var delay = attempt.Visit is { Visit.Delay: { Ticks: > 0 } given } ? given : SiloGate.ShortestDelay;
        try
        {
            var reply = await port.PutOffAsync(attempt.Lease.Job.Id, delay);
            await Task.Delay(PutOffPause, time);
            return reply with { Verdict = Verdict.NotDue };
        }
        catch (Exception exception)
        {
            using var scope = _logger.BeginScope(attempt.Scope);
            LogNotPutOff(_logger, exception, attempt.Lease.Job.Id);
            await new GrowingPause(time).WaitAsync(attempt.Stopped);
            return null;
        }
    }

    /// <summary>
    /// The attempt is over. Where nobody has said what became of it, the job may be stored as running alone here for a while: then that is
    /// undone first, so that it is not convicted for what the next one does.
    /// </summary>
    public async Task LeaveAsync(RunningAttempt attempt)
    {
        await attempt.HandlerReturned;
        if (attempt.Visit is { MayBeAlone: true } visit)
        {
            await EndIsolationAsync(attempt, attempt.LeaseToken ?? visit.Visit.Job.LeaseToken + 1);
        }

        gate.Leave(attempt.Visit);
    }

    /// <summary>Until that is stored, or the attempt is over, a loss of the silo would convict the job for what others do.</summary>
    private async Task EndIsolationAsync(RunningAttempt attempt, long? token)
    {
        var pause = new GrowingPause(time);
        while (!attempt.Abandoned.IsCancellationRequested && !attempt.Visit!.HasLeft)
        {
            try
            {
                if ((token ?? attempt.LeaseToken) is { } known)
                {
                    await port.EndIsolationAsync(attempt.Lease.Job.Id, known);
                    return;
                }
            }
            catch (Exception exception)
            {
                using var scope = _logger.BeginScope(attempt.Scope);
                LogStillAlone(_logger, exception, attempt.Lease.Job.Id);
            }

            await pause.WaitAsync(attempt.Abandoned);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} could not be put off; its lease is given back.")]
    private static partial void LogNotPutOff(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That job {JobId} runs alone no more has no answer; it is repeated, and nothing else starts meanwhile.")]
    private static partial void LogStillAlone(ILogger logger, Exception exception, JobId jobId);
}
