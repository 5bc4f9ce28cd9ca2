using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>A slot that was taken, from the grant until the job had moved on and its handler had returned, as the history shows it.</summary>
internal sealed class Slot(Granted grant)
{
    public Granted Grant { get; } = grant;

    public long? Token { get; set; }

    public bool HasReturned { get; set; } = true;

    public bool HasMovedOn { get; set; }

    /// <summary>When it was free again, as far as that was seen.</summary>
    public DateTimeOffset? FreeAt { get; set; }
}

/// <summary>The slots of a class, by its history.</summary>
internal static class Leases
{
    /// <summary>How long a lease that never starts may hold its slot.</summary>
    public static readonly TimeSpan Unstarted = Engine.Times.StartTimeout + TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Slot> Of(Run run, string jobClass)
    {
        var slots = new List<Slot>();
        var byJob = new Dictionary<JobId, List<Slot>>();
        foreach (var happened in run.History)
        {
            if (happened.Class != jobClass || happened.About is not { } job)
            {
                continue;
            }

            if (happened is Granted grant)
            {
                var slot = new Slot(grant);
                slots.Add(slot);
                if (!byJob.TryGetValue(job, out var known))
                {
                    byJob[job] = known = [];
                }

                known.Add(slot);
            }
            else if (byJob.TryGetValue(job, out var known))
            {
                known.ForEach(slot => See(slot, happened));
            }
        }

        return slots;
    }

    private static void See(Slot slot, HistoryEvent happened)
    {
        switch (happened)
        {
            case Stored { Cause: "Start" } start when slot.Token is null && start.Row.Silo == slot.Grant.To && slot.FreeAt is null:
                slot.Token = start.Row.LeaseToken;
                break;
            case Stored write when slot.Token is { } token && (write.Row.LeaseToken != token || write.Row.State != JobState.Running):
                slot.HasMovedOn = true;
                break;
            case HandlerBegan began when began.Token == slot.Token && began.Actor == slot.Grant.To:
                slot.HasReturned = false;
                break;
            case HandlerReturned returned when returned.Token == slot.Token && returned.Actor == slot.Grant.To:
                slot.HasReturned = true;
                break;
        }

        if (slot.FreeAt is null && slot.HasMovedOn && slot.HasReturned)
        {
            slot.FreeAt = happened.At;
        }
        else if (slot.FreeAt is null && slot.Token is null && happened.At > slot.Grant.At + Unstarted)
        {
            slot.FreeAt = slot.Grant.At + Unstarted;
        }
    }
}
