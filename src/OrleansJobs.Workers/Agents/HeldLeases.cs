using System.Runtime.InteropServices;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Agents;

/// <summary>
/// The leases that an agent holds and renews, each with the time from which it certainly lasts a lease timeout more. Not safe to use from
/// several threads at once.
/// </summary>
internal sealed class HeldLeases(TimeProvider time)
{
    private readonly Dictionary<LeaseId, Entry> _entries = [];

    public int Count => _entries.Count;

    public bool Contains(LeaseId id) => _entries.ContainsKey(id);

    public void Add(RunningAttempt attempt) => _entries.Add(attempt.Lease.Id, new Entry(attempt, time.GetTimestamp()));

    /// <summary>Takes a lease out; null if it is not held.</summary>
    public RunningAttempt? Remove(LeaseId id) => _entries.Remove(id, out var entry) ? entry.Attempt : null;

    public IReadOnlyList<HeldLease> ToRenew() =>
        [.. _entries.Values.Select(static entry => new HeldLease(entry.Attempt.Lease, entry.Attempt.LeaseToken))];

    /// <summary>Notes that these leases were renewed by a request sent at that timestamp.</summary>
    public void Renewed(IReadOnlyList<HeldLease> leases, long sentAt)
    {
        foreach (var held in leases)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, held.Lease.Id);
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry) && entry.RenewedAt < sentAt)
            {
                entry = entry with { RenewedAt = sentAt };
            }
        }
    }

    /// <summary>Takes out the leases that were last renewed so long ago.</summary>
    public List<RunningAttempt> TakeOlderThan(TimeSpan age)
    {
        var old = _entries.Values.Where(entry => time.GetElapsedTime(entry.RenewedAt) >= age).Select(entry => entry.Attempt).ToList();
        old.ForEach(attempt => _entries.Remove(attempt.Lease.Id));
        return old;
    }

    /// <summary>How long ago the lease that waits the longest was renewed.</summary>
    public TimeSpan OldestAge() => _entries.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_entries.Values.Min(entry => entry.RenewedAt));

    private readonly record struct Entry(RunningAttempt Attempt, long RenewedAt);
}
