using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Agents;

/// <summary>The leases that an agent holds and renews. Not safe to use from several threads at once.</summary>
internal sealed class HeldLeases(TimeProvider time)
{
    private readonly Dictionary<LeaseId, RunningAttempt> _attempts = [];

    public int Count => _attempts.Count;

    public bool Contains(LeaseId id) => _attempts.ContainsKey(id);

    public void Add(RunningAttempt attempt) => _attempts.Add(attempt.Lease.Id, attempt);

    /// <summary>Takes a lease out; null if it is not held.</summary>
    public RunningAttempt? Remove(LeaseId id) => _attempts.Remove(id, out var attempt) ? attempt : null;

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

    /// <summary>Takes out the leases that were last renewed so long ago.</summary>
    public List<RunningAttempt> TakeOlderThan(TimeSpan age)
    {
        var old = _attempts.Values.Where(attempt => time.GetElapsedTime(attempt.RenewedAt) >= age).ToList();
        old.ForEach(attempt => _attempts.Remove(attempt.Lease.Id));
        return old;
    }

    /// <summary>How long ago the lease that waits the longest was renewed.</summary>
    public TimeSpan OldestAge() => _attempts.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_attempts.Values.Min(attempt => attempt.RenewedAt));
}
