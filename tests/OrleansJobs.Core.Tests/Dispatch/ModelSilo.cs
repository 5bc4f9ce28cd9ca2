using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

/// <summary>A silo's agent and pool.</summary>
internal sealed class ModelSilo(string name, int permits)
{
    public string Name { get; } = name;

    public int Permits { get; set; } = permits;

    public bool Draining { get; set; }

    public long KnownEpoch { get; private set; }

    public List<Slot> Slots { get; } = [];

    public List<LeaseCompletion> Completions { get; } = [];

    /// <summary>Completions that were answered, to be sent again by mistake.</summary>
    public List<LeaseCompletion> OldCompletions { get; } = [];

    public ExchangeRequest Request(bool renew, DateTimeOffset now)
    {
        foreach (var slot in renew ? Slots : [])
        {
            slot.RenewedAt = now;
        }

        return new ExchangeRequest
        {
            Silo = Name,
            KnownEpoch = KnownEpoch,
            Permits = Permits,
            Draining = Draining,
            Completions = [.. Completions],
            Held = renew ? [.. Slots.Select(slot => new HeldLease(slot.Lease, slot.Token))] : null,
        };
    }

    public void Take(ExchangeReply reply, DateTimeOffset now)
    {
        KnownEpoch = reply.Epoch;
        Slots.AddRange(reply.Leases.Select(lease => new Slot(lease) { RenewedAt = now }));
        foreach (var slot in Slots.Where(slot => reply.Lost.Contains(slot.Lease.Id)).ToList())
        {
            Slots.Remove(slot);
        }
    }

    /// <summary>What was reported has been answered.</summary>
    public void Reported(IReadOnlyList<LeaseCompletion> completions)
    {
        OldCompletions.AddRange(completions);
        Completions.RemoveAll(completions.Contains);
    }

    /// <summary>Ends a slot and keeps what there is to report.</summary>
    public void End(Slot slot, WaitingJob job, bool started)
    {
        Slots.Remove(slot);
        Completions.Add(new LeaseCompletion(
            job.Id, slot.Lease.Id, job.State, job.DueAt, started, started && job.State == JobState.Retrying, TimeSpan.Zero));
    }

    internal sealed class Slot(JobLease lease)
    {
        public JobLease Lease { get; } = lease;

        public long? Token { get; set; }

        public DateTimeOffset RenewedAt { get; set; }
    }
}
