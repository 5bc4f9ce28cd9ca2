using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Testing;

/// <summary>Waits for what a grid does at one time of its clock, and finds the time at which it does something next.</summary>
internal sealed class GridProgress(IJobClient jobs, WatchedTimeProvider time, GridPace pace)
{
    /// <summary>Moves of the clock after which <see cref="RunAllAsync"/> takes it that there is no end.</summary>
    private const int MaxMoves = 10_000;

    private const int PageSize = 1_000;

    /// <summary>What timers are set to.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    /// <summary>Real time for a job to get on.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Real time after which it is looked again whether another job gets on first.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private DateTimeOffset Now => time.GetUtcNow();

    public async Task RunDueAsync()
    {
        var began = pace.Time.GetTimestamp();
        while (await NextToMoveAsync() is { } job)
        {
            if ((await GlanceAsync(job)).Version != job.Version)
            {
                began = pace.Time.GetTimestamp();
            }

            await CheckPatienceAsync(job, began);
        }
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = Now + by;
        await RunDueAsync();
        while (await NextTimeAsync() is { } next && next <= end)
        {
            MoveTo(next);
            await RunDueAsync();
        }

        time.Advance(end > Now ? end - Now : TimeSpan.Zero);
        await RunDueAsync();
    }

    public async Task RunAllAsync()
    {
        await RunDueAsync();
        for (var moves = 0; await NextTimeAsync() is { } next; moves++)
        {
            if (moves == MaxMoves)
            {
                throw new JobAssertionException($"After {MaxMoves} moves of the clock, to {Now:O}, there are still jobs that run later.");
            }

            MoveTo(next);
            await RunDueAsync();
        }
    }

    public async Task<JobSnapshot> WaitForAsync(JobId id, JobState state)
    {
        var began = pace.Time.GetTimestamp();
        var job = await jobs.GetAsync(id);
        while (job.State != state)
        {
            if (job.State.IsTerminal())
            {
                throw new JobAssertionException($"Expected {state}. {await DescribeAsync(job)}");
            }

            job = await GlanceAsync(job);
            await CheckPatienceAsync(job, began);
        }

        return job;
    }

    /// <summary>Where a job stands, and why.</summary>
    public async Task<string> DescribeAsync(JobSnapshot job)
    {
        var text = $"Job {job.Id} of '{job.JobClass}' is {job.State} (attempt {job.Attempt} of {job.MaxAttempts}, clock {Now:O}).";
        if (job.State.IsWaiting())
        {
            text += " " + (await jobs.ExplainAsync(job.Id)).Explanation;
        }

        return job.LastError is { } error ? $"{text} Last error: {error.Type}: {error.Message}" : text;
    }

    /// <summary>Moves the clock to a time, and on to a timer that was set for it, which may be a part of a millisecond later.</summary>
    private void MoveTo(DateTimeOffset next)
    {
        time.Advance(next > Now ? next - Now : TimeSpan.Zero);
        if (time.NextTimerAt is { } timer && timer - next < Grain)
        {
            time.AdvanceToNextTimer();
        }
    }

    /// <summary>The job after its next change, or as it is after a moment.</summary>
    private async Task<JobSnapshot> GlanceAsync(JobSnapshot job)
    {
        using var over = new CancellationTokenSource(Glance, pace.Time);
        try
        {
            return await jobs.WaitForChangeAsync(job.Id, job.Version, LongPoll, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return await jobs.GetAsync(job.Id);
        }
    }

    private async Task CheckPatienceAsync(JobSnapshot job, long began)
    {
        if (pace.Time.GetElapsedTime(began) > Patience)
        {
            throw new TimeoutException($"Nothing has happened for {Patience.TotalSeconds:0} s. {await DescribeAsync(job)}");
        }
    }

    /// <summary>
    /// A job that gets on without the clock being moved; null if there is none. A job that starts while the lists are read is in the second
    /// one, and one that goes back to the backlog in the third.
    /// </summary>
    private async Task<JobSnapshot?> NextToMoveAsync() =>
        await NextQueuedAsync() ?? await FirstAsync(JobState.Running) ?? await NextQueuedAsync();

    private async Task<JobSnapshot?> NextQueuedAsync()
    {
        await foreach (var job in AllAsync(JobState.Queued))
        {
            // That no silo is connected holds for a moment after the start, and after a long move of the clock.
            if (await WaitOfAsync(job) is { Reason: not (WaitReason.Paused or WaitReason.Rate or WaitReason.NotDue) })
            {
                return job;
            }
        }

        return null;
    }

    /// <summary>When a waiting job gets on by itself; null if none does.</summary>
    private async Task<DateTimeOffset?> NextTimeAsync()
    {
        DateTimeOffset? next = null;
        foreach (var state in (JobState[])[JobState.Scheduled, JobState.Retrying, JobState.Queued])
        {
            await foreach (var job in AllAsync(state))
            {
                next = Earlier(next, state == JobState.Queued ? (await WaitOfAsync(job))?.Until : job.DueAt);
            }
        }

        return next;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    /// <summary>Why a job waits; null if it has gone on meanwhile.</summary>
    private async Task<JobWait?> WaitOfAsync(JobSnapshot job) =>
        await jobs.ExplainAsync(job.Id) is { Reason: not WaitReason.None } wait ? wait : null;

    private async Task<JobSnapshot?> FirstAsync(JobState state)
    {
        await foreach (var job in AllAsync(state))
        {
            return job;
        }

        return null;
    }

    private async IAsyncEnumerable<JobSnapshot> AllAsync(JobState state)
    {
        string? cursor = null;
        do
        {
            var page = await jobs.ListAsync(new JobFilter { State = state }, cursor, PageSize);
            foreach (var job in page.Jobs)
            {
                yield return job;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
