using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Bulk;

/// <summary>
/// Goes through the jobs of a filter, newest first, and acts on each, some at once. Places only fall from page to page, so it comes to an end
/// and to no job twice, whatever becomes of the jobs meanwhile.
/// </summary>
internal sealed class BulkRunner(IJobClient jobs, TimeProvider time)
{
    /// <param name="work">What to do.</param>
    /// <param name="isMeant">Whether jobs of a class are meant.</param>
    public async Task RunAsync(BulkWork work, Func<string, bool> isMeant)
    {
        string? error = null;
        try
        {
            await ActOnAllAsync(work, isMeant);
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested)
        {
            // It ends where it is.
        }
        catch (JobsException fault)
        {
            error = ApiErrors.Describe(fault).Detail;
        }
        finally
        {
            work.End(time.GetUtcNow(), error);
        }
    }

    private async Task ActOnAllAsync(BulkWork work, Func<string, bool> isMeant)
    {
        var filter = FilterOf(work.Run);
        var concurrency = new ParallelOptions { MaxDegreeOfParallelism = BulkLimits.MaxConcurrentJobs, CancellationToken = work.Stopping };
        string? cursor = null;
        do
        {
            var page = await InsistAsync(() => jobs.ListAsync(filter, cursor, BulkLimits.PageSize, work.Stopping), work.Stopping);
            await Parallel.ForEachAsync(
                page.Jobs.Where(job => isMeant(job.JobClass)), concurrency, async (job, stopping) => await ActAsync(work, job, stopping));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        if (LeftBy(work.Run) is { } left)
        {
            var page = await InsistAsync(() => jobs.ListAsync(left, null, BulkLimits.PageSize, work.Stopping), work.Stopping);
            work.Left(page.Jobs.Count(job => isMeant(job.JobClass) && Allows(work.Run.Action, job)));
        }
    }

    /// <summary>The jobs of the filter that are newer than the run; null if it asks for none of them.</summary>
    private static JobFilter? LeftBy(BulkRun run)
    {
        var filter = run.Filter.ToJobFilter();
        return filter.SubmittedBefore <= run.StartedAt ? null
            : filter.SubmittedFrom > run.StartedAt ? filter
            : filter with { SubmittedFrom = run.StartedAt };
    }

    private static JobFilter FilterOf(BulkRun run)
    {
        var filter = run.Filter.ToJobFilter();
        return filter.SubmittedBefore < run.StartedAt ? filter : filter with { SubmittedBefore = run.StartedAt };
    }

    /// <summary>An open job is not even asked to be deleted: one that ends right now was not meant.</summary>
    private static bool Allows(BulkAction action, JobSnapshot job) => action != BulkAction.Delete || job.State.IsTerminal();

    private async Task ActAsync(BulkWork work, JobSnapshot job, CancellationToken stopping)
    {
        work.Examined();
        var tries = 0;
        try
        {
            if (!Allows(work.Run.Action, job))
            {
                work.Refused();
                return;
            }

            await InsistAsync(
                () =>
                {
                    tries++;
                    return ActAsync(work.Run.Action, job.Id, work.Reason, stopping);
                },
                stopping);
            work.Changed();
        }
        catch (JobNotFoundException) when (work.Run.Action == BulkAction.Delete && tries > 1)
        {
            // The try before had no answer, and did it.
            work.Changed();
        }
        catch (JobsException fault) when (fault is not GridUnavailableException)
        {
            work.Refused();
        }
    }

    private Task<JobSnapshot> ActAsync(BulkAction action, JobId id, string? reason, CancellationToken stopping) => action switch
    {
        BulkAction.Cancel => jobs.CancelAsync(id, reason, stopping),
        BulkAction.Retry => jobs.RetryAsync(id, stopping),
        BulkAction.DeadLetter => jobs.DeadLetterAsync(id, reason!, stopping),
        BulkAction.Delete => jobs.DeleteAsync(id, stopping),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "There is no such act."),
    };

    private async Task<T> InsistAsync<T>(Func<Task<T>> ask, CancellationToken stopping)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (GridUnavailableException) when (tries < BulkLimits.MaxTries)
            {
                await Task.Delay(BulkLimits.RetryPause, time, stopping);
            }
        }
    }
}
