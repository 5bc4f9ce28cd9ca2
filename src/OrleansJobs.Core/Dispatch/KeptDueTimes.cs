namespace OrleansJobs.Core.Dispatch;

/// <summary>
/// When jobs become due that were known when the wall clock was set back: by steady time, so that a delay is as long as was asked for. As many as the
/// due window holds; the others wait for the clock.
/// </summary>
internal sealed class KeptDueTimes
{
    private readonly PriorityQueue<WaitingJob, DateTimeOffset> _jobs = new();

    /// <summary>The steady time at which the next becomes due.</summary>
    public DateTimeOffset? NextAt => _jobs.TryPeek(out _, out var at) ? at : null;

    /// <summary>Keeps the due times of these jobs. Of one that is here already the earlier counts.</summary>
    /// <param name="jobs">Jobs that are not due.</param>
    /// <param name="ahead">How far the wall clock by which they become due is ahead of steady time.</param>
    public void Keep(IReadOnlyCollection<WaitingJob> jobs, TimeSpan ahead)
    {
        var kept = _jobs.UnorderedItems.Select(item => item.Element.Id).ToHashSet();
        foreach (var job in jobs)
        {
            if (!kept.Contains(job.Id))
            {
                _jobs.Enqueue(job, WallTime.ToSteady(job.DueAt, ahead));
            }
        }
    }

    /// <summary>Takes the next that is due by now, as it waited then.</summary>
    public WaitingJob? Take(DateTimeOffset now) => NextAt <= now ? _jobs.Dequeue() : null;
}
