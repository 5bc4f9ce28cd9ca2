using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Agents;

/// <content>When leases are renewed, and given up.</content>
internal sealed partial class ClassPool
{
    private void OnTimer()
    {
        List<RunningAttempt> lost;
        bool renew;
        lock (_gate)
        {
            lost = _held.LoseOlderThan(_parts.Options.FenceAge);
            renew = _held.Count > 0;
            SetTimer();
        }

        foreach (var attempt in lost)
        {
            using var scope = _logger.BeginScope(attempt.Scope);
            LogLost(_logger, attempt.Lease.Job.Id, _jobClass, "it could not be renewed in time");
            attempt.Stop(CancellationCause.LeaseLost);
        }

        if (renew || lost.Count > 0)
        {
            _renew();
        }
    }

    // Fires for the next renewal, or, while that is overdue, for the next lease to give up.
    private void SetTimer()
    {
        if (_held.Count == 0)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var renewIn = _parts.Options.RenewPeriod - _parts.Time.GetElapsedTime(_renewedAt);
        var fenceIn = _parts.Options.FenceAge - _held.OldestAge();
        var next = renewIn > TimeSpan.Zero && renewIn < fenceIn ? renewIn : fenceIn;
        _timer.Change(next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
