namespace OrleansJobs.Core.Dispatch;

/// <content>What held a job back before it was granted. <see cref="Explanation"/> says the same of one that waits, by the same order.</content>
public sealed partial class Dispatcher
{
    private const int MaxHolds = 64;
    private readonly HoldLog _holds = new(MaxHolds);

    /// <summary>What holds back all due jobs of the class; None if there are none, or only limits of their tenants do.</summary>
    private WaitReason HoldOfClass() =>
        _waiting.Backlog.WorkingTenants == 0 ? WaitReason.None
        : _settings.Paused ? WaitReason.Paused
        : IsRecovering(_now) ? WaitReason.Dispatching
        : _silos.ServingPermits == 0 ? (_overstays.Count > 0 ? WaitReason.PoolFull : WaitReason.NoSilo)
        : !_classCap.Allows(InUse) ? WaitReason.ClassCap
        : _waiting.Backlog.IsEmpty ? WaitReason.None
        : _rate.AvailableAt(_now) > _now ? WaitReason.Rate
        : !_silos.AnyFreeSlot() ? WaitReason.PoolFull
        : WaitReason.Dispatching;

    /// <summary>What held the job back for the longest part of the time since it was due, as far as this life knows.</summary>
    private WaitReason WhyWaited(WaitingJob job, TenantQueue tenant)
    {
        var dueAt = WallTime.ToSteady(job.DueAt, _ahead);
        if (dueAt >= _now)
        {
            return WaitReason.None;
        }

        Span<long> ticks = stackalloc long[HoldLog.Reasons];
        _holds.AddTo(ticks, dueAt, _now);
        tenant.Holds?.AddTo(ticks, dueAt, _now);
        ticks[(int)WaitReason.None] = 0;
        var longest = WaitReason.None;
        for (var reason = WaitReason.None; (int)reason < ticks.Length; reason++)
        {
            longest = ticks[(int)reason] > ticks[(int)longest] ? reason : longest;
        }

        return longest;
    }
}
