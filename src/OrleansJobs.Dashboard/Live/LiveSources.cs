using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Bulk;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Live;

/// <summary>How each thing that pages follow is read. What depends on the caller's role has it in its key.</summary>
internal sealed class LiveSources(IJobClient jobs, IGridMonitor monitor, BulkRuns runs, JobView view, TimeProvider time)
{
    /// <summary>Points of a class's history that are sent: the one that goes on, and the one before, which has just become whole.</summary>
    private const int PointsSent = 2;

    public LiveSource Overview() => new(
        "overview",
        "overview",
        async stop => (IReadOnlyList<ClassOverview>)[.. (await monitor.GetOverviewAsync(stop)).Select(Newest)],
        classes => new Overview(time.GetUtcNow(), (IReadOnlyList<ClassOverview>)classes));

    public LiveSource Silos() => new("silos", "silos", async stop => await monitor.GetSilosAsync(stop), silos => silos);

    public LiveSource Bulk() => new("bulk", "bulk", _ => Task.FromResult<object>(runs.All), all => all);

    public LiveSource Class(string jobClass, Caller caller) => new(
        "class",
        $"class {caller.RoleName} {jobClass}",
        async stop => new LiveClass(
            await monitor.GetTenantsAsync(jobClass, stop), view.Of(await monitor.GetErrorsAsync(jobClass, stop), jobClass, caller)),
        one => one);

    public LiveSource Job(JobId id, Caller caller)
    {
        var logEnd = 0L;
        return new("job", $"job {caller.RoleName} {id}", ReadAsync, one => one);

        // Lines reach the store a moment after they were written, so also those of a job that has ended are looked for.
        async Task<object> ReadAsync(CancellationToken stop)
        {
            var job = await jobs.GetAsync(id, stop);
            var lines = await monitor.ReadLogAsync(id, logEnd, LiveLimits.MaxLogLines, stop);
            logEnd = lines.Count == 0 ? logEnd : lines[^1].Sequence;
            return new LiveJob(view.Of(job, caller), await jobs.ExplainAsync(id, stop), logEnd);
        }
    }

    private static ClassOverview Newest(ClassOverview overview) =>
        overview with { History = overview.History with { Points = [.. overview.History.Points.TakeLast(PointsSent)] } };
}
