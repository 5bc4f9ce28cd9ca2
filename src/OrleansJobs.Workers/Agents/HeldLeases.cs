using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Agents;

/// <summary>
/// The leases that an agent holds and renews, and the handlers that run on although their lease has ended. Not safe to use from several
/// threads at once.
/// </summary>
internal sealed class HeldLeases(TimeProvider time)
{
    private readonly Dictionary<LeaseId, RunningAttempt> _attempts = [];
    private readonly Dictionary<LeaseId, (RunningAttempt Attempt, long Since)> _overstays = [];

    public int Count => _attempts.Count;

    public bool Contains(LeaseId id) => _attempts.ContainsKey(id);

    public RunningAttempt? Find(LeaseId id) => _attempts.GetValueOrDefault(id);

    public void Add(RunningAttempt attempt) => _attempts.Add(attempt.Lease.Id, attempt);

    /// <summary>Handlers that run on although their lease has ended.</summary>
    public int Overstaying => _overstays.Count;

    /// <summary>A lease is not this silo's any more, though its attempt still runs; null if it is not held.</summary>
    public RunningAttempt? Lose(LeaseId id)
    {
        if (!_attempts.Remove(id, out var attempt))
        {
            return null;
        }

        Overstays(attempt);
        return attempt;
    }

    /// <summary>An attempt has ended, perhaps without its handler.</summary>
    public void Ended(RunningAttempt attempt, bool hasReturned)
    {
        _attempts.Remove(attempt.Lease.Id);
        if (hasReturned)
        {
            Returned(attempt);
        }
        else
        {
            Overstays(attempt);
        }
    }

    /// <summary>A handler that overstayed has returned.</summary>
    public void Returned(RunningAttempt attempt) => _overstays.Remove(attempt.Lease.Id);

    public IReadOnlyList<OverstayingHandler> ShowOverstays() => _overstays.Count == 0 ? [] :
    [
        .. _overstays.Values.Select(overstay => new OverstayingHandler(
            overstay.Attempt.Lease.Job.Id, overstay.Attempt.Lease.Id, overstay.Attempt.Lease.Job.Tenant, time.GetElapsedTime(overstay.Since))),
    ];

    public IReadOnlyList<HeldLease> ToRenew() =>
        [.. _attempts.Values.Select(static attempt => new HeldLease(attempt.Lease, attempt.LeaseToken))];

    /// <summary>Notes that these leases were renewed by a request sent at that timestamp.</summary>
    public void Renewed(IReadOnlyList<HeldLease> leases, long sentAt)
    {
        foreach (var held in leases)
        {
            if (_attempts.TryGetValue(held.Lease.Id, out var attempt))
            {
                attempt.Renewed(sentAt);
            }
        }
    }

    /// <summary>Gives up the leases that were last renewed so long ago.</summary>
    public List<RunningAttempt> LoseOlderThan(TimeSpan age)
    {
        var old = _attempts.Values.Where(attempt => time.GetElapsedTime(attempt.RenewedAt) >= age).ToList();
        old.ForEach(attempt => Lose(attempt.Lease.Id));
        return old;
    }

    /// <summary>How long ago the lease that waits the longest was renewed.</summary>
    public TimeSpan OldestAge() => _attempts.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_attempts.Values.Min(attempt => attempt.RenewedAt));

    private void Overstays(RunningAttempt attempt) => _overstays.TryAdd(attempt.Lease.Id, (attempt, time.GetTimestamp()));
}
