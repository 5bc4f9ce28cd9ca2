namespace OrleansJobs.Core.Dispatch;

/// <summary>The jobs of a class that are not due yet, the next ones in memory, by due time and id.</summary>
internal sealed class DueWindow
{
    private readonly DispatcherOptions _options;
    private DateTimeOffset _floor;

    public DueWindow(WaitingIndex index, DispatcherOptions options, DateTimeOffset now)
    {
        Window = new JobWindow(DueOrder.Instance, index, tenant: null);
        _options = options;
        _floor = now;
    }

    public JobWindow Window { get; }

    /// <summary>When the next known job is due.</summary>
    public DateTimeOffset? NextDueAt => Window.First?.DueAt;

    /// <summary>Takes in a stored job that is not due and not known.</summary>
    public void Offer(WaitingJob job)
    {
        Window.Offer(job);
        Fit();
    }

    /// <summary>Takes the next job that is due by now.</summary>
    public WaitingJob? TakeDue(DateTimeOffset now)
    {
        if (Window.First is not { } job || job.DueAt > now)
        {
            return null;
        }

        Window.Remove(job);
        return job;
    }

    /// <summary>
    /// Has the store read again from the given time on. What has not been read yet stays to be read even if that time is later.
    /// </summary>
    public void Restart(DateTimeOffset from)
    {
        var reached = Window.IsSpilled ? Window.Bound?.DueAt ?? _floor : from;
        _floor = reached < from ? reached.AddTicks(-1) : from;
        Window.Restart();
    }

    /// <summary>The page that the window wants.</summary>
    public DuePage? NextPage()
    {
        if (!Window.WantsPage(_options.DueWindow))
        {
            return null;
        }

        var limit = Window.PageLimit(_options.DueWindow, _options.PageSize);
        Window.BeginPage();
        return new DuePage(Window.Bound?.DueAt ?? _floor, Window.Bound?.Id, limit);
    }

    /// <summary>Puts out what is too much.</summary>
    public void Fit()
    {
        while (Window.Total > _options.DueWindow)
        {
            Window.EvictLast();
        }
    }
}
