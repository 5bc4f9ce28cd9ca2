using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Execution;

/// <summary>
/// Runs one lease to its end: start, handler, ack. The handler is called on the thread pool; all else goes on where the caller is.
/// The answer comes when the job has moved on. That is before the handler's return if the handler did not stop after its timeout; the slot
/// is then held by the agent, which counts it as taken until the handler returns.
/// </summary>
public sealed partial class LeaseRunner : ISlotRunner
{
    private readonly JobClassRegistry _registry;
    private readonly RunningJobs _running;
    private readonly ProcessGate _gate;
    private readonly SuspectPlaces _places;
    private readonly AttemptStarter _starter;
    private readonly HandlerRunner _handlers;
    private readonly AttemptAcker _acker;
    private readonly WorkerOptions _options;
    private readonly IJobRedactor _redactor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal LeaseRunner(
        JobClassRegistry registry,
        RunningJobs running,
        ProcessGate gate,
        SuspectPlaces places,
        AttemptStarter starter,
        HandlerRunner handlers,
        AttemptAcker acker,
        WorkerOptions options,
        IJobRedactor redactor,
        TimeProvider time,
        ILogger<LeaseRunner> logger)
    {
        _registry = registry;
        _running = running;
        _gate = gate;
        _places = places;
        _starter = starter;
        _handlers = handlers;
        _acker = acker;
        _options = options;
        _redactor = redactor;
        _time = time;
        _logger = logger.Contained();
    }

    /// <inheritdoc/>
    public async Task<LeaseCompletion> RunAsync(JobLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var attempt = _running.Register(lease);
        if (!_gate.TryEnter())
        {
            _running.Remove(attempt);
            return lease.NotStarted();
        }

        try
        {
            return await RunAsync(attempt, _registry.Get(lease.JobClass));
        }
        catch (Exception exception)
        {
            using var scope = _logger.BeginScope(attempt.Scope);
            LogBroken(_logger, exception, lease.Job.Id);
            return attempt.BrokenOff();
        }
        finally
        {
            _running.Remove(attempt);
            LeaveGate(attempt);
        }
    }

    /// <summary>What a handler that overstays does to the process, it does until it returns.</summary>
    private void LeaveGate(RunningAttempt attempt)
    {
        if (attempt.HandlerReturned.IsCompleted && attempt.Visit is not { MayBeAlone: true })
        {
            _gate.Leave(attempt.Visit);
        }
        else
        {
            _places.LeaveAsync(attempt).Own("The leaving of an attempt", _logger);
        }
    }

    private async Task<LeaseCompletion> RunAsync(RunningAttempt attempt, RegisteredClass jobClass)
    {
        var (calledAt, calledWatch) = (AttemptTrace.IsOn ? _time.GetUtcNow() : (DateTimeOffset?)null, _time.GetTimestamp());
        var start = await _starter.StartAsync(attempt);
        if (start is null)
        {
            return attempt.Lease.NotStarted();
        }

        if (start is not { Verdict: Verdict.Applied, Job: { } job })
        {
            attempt.Settle();
            return attempt.Lease.Refused(start.Job);
        }

        WorkerTelemetry.AttemptBegan(job, _time.GetElapsedTime(calledWatch));
        attempt.Job = job;
        using var trace = attempt.Trace = calledAt is { } at ? AttemptTrace.Begin(job, at, _redactor, _time) : null;
        var startedAt = _time.GetTimestamp();
        var end = await RunHandlerAsync(attempt, jobClass, job);
        var runTime = _time.GetElapsedTime(startedAt);
        var ack = Outcomes.AckOf(end, job.LeaseToken, jobClass.Options.Retry);
        Report(attempt, job, end, ack, runTime);
        var reply = ack is null ? null : await AckAsync(attempt, trace is null ? ack : ack with { TraceParent = trace.TraceParent });
        if (reply is not null)
        {
            attempt.Settle();
        }

        return attempt.Lease.Ended(reply, ack, runTime);
    }

    private Task<AckReply?> AckAsync(RunningAttempt attempt, AttemptAck ack) =>
        attempt.Trace is not null || WorkerTelemetry.AcksMatter ? ShowAckAsync(attempt, ack) : _acker.AckAsync(attempt, ack);

    private async Task<AckReply?> ShowAckAsync(RunningAttempt attempt, AttemptAck ack)
    {
        var (calledAt, watch) = (_time.GetUtcNow(), _time.GetTimestamp());
        var reply = await _acker.AckAsync(attempt, ack);
        attempt.Trace?.Acked(calledAt, reply);
        WorkerTelemetry.Acked(attempt.Lease.JobClass, reply?.Verdict, _time.GetElapsedTime(watch));
        return reply;
    }

    /// <summary>
    /// After a freeze of the process the answer to a start may be heard before the timer that gives old leases up: that would stop the
    /// handler, but not keep it from beginning beside another silo's.
    /// </summary>
    private void GiveUpIfOld(RunningAttempt attempt)
    {
        if (_time.GetElapsedTime(attempt.RenewedAt) >= _options.FenceAge)
        {
            attempt.Stop(CancellationCause.LeaseLost);
        }
    }

    private async Task<HandlerEnd> RunHandlerAsync(RunningAttempt attempt, RegisteredClass jobClass, JobRecord job)
    {
        GiveUpIfOld(attempt);
        if (attempt.Cause is not CancellationCause.None and var cause)
        {
            return HandlerEnd.Without(cause);
        }

        WorkerTelemetry.HandlerCalled(jobClass.Name);
        var timeout = job.Timeout ?? jobClass.Options.Timeout;
        using var watch = new AttemptWatch(attempt, timeout, jobClass.Options.HeartbeatTimeout, _options, _time, _logger);
        CallHandlerAsync(attempt, jobClass, job, watch).Own("The call of a handler", _logger);
        var end = await watch.Ended;
        if (watch.GaveUp)
        {
            WorkerTelemetry.OverstayBegan(jobClass.Name);
            using var scope = _logger.BeginScope(attempt.Scope);
            LogGivenUp(_logger, job.Id, jobClass.Name, end.Cause);
        }

        return end;
    }

    private async Task CallHandlerAsync(RunningAttempt attempt, RegisteredClass jobClass, JobRecord job, AttemptWatch watch)
    {
        // A hop to the thread pool that, unlike Task.Run, allocates nothing.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        HandlerEnd end;
        try
        {
            end = await _handlers.RunAsync(jobClass, job, attempt, watch);
        }
        catch (Exception exception)
        {
            end = HandlerEnd.Threw(exception, attempt.Cause);
        }

        if (!watch.Return(end))
        {
            WorkerTelemetry.OverstayEnded(jobClass.Name);
            using var scope = _logger.BeginScope(attempt.Scope);
            LogReturnedLate(_logger, job.Id, jobClass.Name);
        }
    }

    private void Report(RunningAttempt attempt, JobRecord job, HandlerEnd end, AttemptAck? ack, TimeSpan runTime)
    {
        attempt.Trace?.Ended(ack);
        WorkerTelemetry.AttemptEnded(job.JobClass, ack?.Outcome, ack?.Error, runTime);
        var isFailure = ack?.Outcome == AttemptOutcome.Failed;
        using var scope = isFailure || _logger.IsEnabled(LogLevel.Debug) ? _logger.BeginScope(attempt.Scope) : null;
        LogEnded(_logger, job.Attempt, job.Id, job.JobClass, ack?.Outcome);
        if (ack is { Outcome: AttemptOutcome.Failed, Error: { } error })
        {
            LogFailed(_logger, LoggedError.Of(end.Exception), job.Attempt, job.Id, job.JobClass, error.Type, error.Message);
        }
    }
}
