using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Reading;

/// <summary>Answers what concerns many jobs or whole classes: from the store, and from what the dispatchers know.</summary>
internal sealed class GridReader(IJobStore store, JobClassRegistry classes, IDispatchers dispatchers, TimeProvider time)
{
    private const int MaxParts = JobLimits.MaxRowsExamined / ListingLimits.MaxRowsInPart;

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A page of a listing, looked for part by part until it is full or has cost enough.</summary>
    /// <exception cref="InvalidRequestException">The cursor, the limit or the filter's error text is not valid.</exception>
    public async Task<JobPage> ListAsync(JobFilter filter, string? cursor, int limit)
    {
        PageLimits.Check(limit);
        PageLimits.Check(filter);
        var now = Now;
        var began = time.GetTimestamp();
        var listed = await store.ListAsync(filter, await ListCursor.ParseAsync(cursor, store), limit, now);
        var jobs = listed.Jobs.ToList();
        for (var part = 1; part < MaxParts && listed.Next is not null && jobs.Count < limit && time.GetElapsedTime(began) < JobLimits.MaxListingTime; part++)
        {
            listed = await store.ListAsync(filter, listed.Next, limit - jobs.Count, now);
            jobs.AddRange(listed.Jobs);
        }

        return new JobPage([.. jobs.Select(job => Listed.Of(job, now))], listed.Next?.ToString());
    }

    /// <summary>All classes, those too that no host has any more as long as there are jobs of them: whoever looks for those jobs has to know of them.</summary>
    public async Task<IReadOnlyList<JobClassStatus>> GetClassesAsync()
    {
        var counts = store.CountAsync();
        var statuses = await Task.WhenAll(classes.All.Select(jobClass => dispatchers.GetStatusAsync(jobClass.Name)));
        var stored = await counts;
        return
        [
            .. statuses.Select(status => ClassCounts.Complete(status, stored)),
            .. stored.Where(one => !classes.TryGet(one.Key, out _) && one.Value != new JobCounts()).Select(one => Gone(one.Key, one.Value)).OrderBy(status => status.JobClass, StringComparer.Ordinal),
        ];
    }

    /// <summary>One class.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    public async Task<JobClassStatus> GetClassAsync(string jobClass)
    {
        var status = await dispatchers.GetStatusAsync(classes.Get(jobClass).Name);
        return ClassCounts.Complete(status, await store.CountAsync());
    }

    /// <summary>All classes, with what they did lately.</summary>
    public async Task<IReadOnlyList<ClassOverview>> GetOverviewAsync()
    {
        var stored = await store.CountAsync();
        return await Task.WhenAll(classes.All.Select(jobClass => GetOverviewAsync(jobClass.Name, stored)));
    }

    /// <summary>One class, with what it did lately.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    public async Task<ClassOverview> GetOverviewAsync(string jobClass)
    {
        var name = classes.Get(jobClass).Name;
        return await GetOverviewAsync(name, await store.CountAsync());
    }

    /// <summary>Who gets what of a class.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    public Task<IReadOnlyList<TenantUse>> GetTenantsAsync(string jobClass) => dispatchers.GetTenantsAsync(classes.Get(jobClass).Name);

    /// <summary>The kinds of failure of a class's attempts.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    public Task<IReadOnlyList<ErrorGroup>> GetErrorsAsync(string jobClass) => dispatchers.GetErrorsAsync(classes.Get(jobClass).Name);

    /// <summary>Lines that the attempts of a job have logged; none for a job that is not there.</summary>
    /// <exception cref="InvalidRequestException">The limit is not valid.</exception>
    public Task<IReadOnlyList<JobLogLine>> ReadLogAsync(JobId id, long after, int limit)
    {
        PageLimits.Check(limit);
        return store.ReadLogAsync(id, after, limit);
    }

    /// <summary>Why a job does not run.</summary>
    /// <param name="jobClass">Its class.</param>
    /// <param name="state">Its state, as it is shown.</param>
    /// <param name="lastError">Its last error. Only the kind is told: the message may be for few eyes.</param>
    /// <param name="siloLosses">The silos that were lost under it.</param>
    /// <param name="waiting">The job as its dispatcher needs it.</param>
    public async Task<JobWait> ExplainAsync(string jobClass, JobState state, JobError? lastError, int siloLosses, WaitingJob waiting)
    {
        if (!state.IsWaiting())
        {
            var why = state == JobState.DeadLettered && lastError is not null ? $" ({lastError.Type})" : "";
            return new JobWait(WaitReason.None, $"The job does not wait: it is {state}{why}.");
        }

        try
        {
            // What else may hold it back comes first; to be due soon, and to be handed to a silo, is how a suspect waits for its place.
            var wait = await dispatchers.ExplainAsync(jobClass, waiting);
            return wait.Reason is WaitReason.NotDue or WaitReason.Dispatching or WaitReason.NoSilo ? Suspects.Explain(siloLosses, wait.Until) ?? wait : wait;
        }
        catch (UnknownJobClassException)
        {
            return new JobWait(
                WaitReason.UnknownClass,
                $"No host of the grid has the job class '{jobClass}', so nothing runs the job. It waits until one has; or cancel it.");
        }
    }

    /// <summary>A page of a class's results queue; waits for the first entry if there is none.</summary>
    /// <exception cref="UnknownJobClassException">There is no such class.</exception>
    /// <exception cref="InvalidRequestException">The limit is not valid.</exception>
    public async Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo)
    {
        PageLimits.Check(limit);
        var name = classes.Get(jobClass).Name;
        var page = await ReadFinishedAsync(name, after, limit);
        var deadline = Now + JobWaits.Bounded(waitUpTo);
        var seen = 0L;
        while (page.Count == 0 && deadline - Now is { Ticks: > 0 } rest)
        {
            // The first time it only asks for the count: jobs that end from then on are heard, even while the store is read.
            seen = await dispatchers.WaitForFinishedAsync(name, seen, rest);
            page = await ReadFinishedAsync(name, after, limit);
        }

        return page;
    }

    private Task<ClassOverview> GetOverviewAsync(string jobClass, IReadOnlyDictionary<string, JobCounts> stored) =>
        dispatchers.GetOverviewAsync(jobClass, ClassCounts.Of(jobClass, stored));

    private async Task<IReadOnlyList<FinishedJob>> ReadFinishedAsync(string jobClass, long after, int limit)
    {
        var now = Now;
        var finished = await store.ReadFinishedAsync(jobClass, after, limit);
        return [.. finished.Select(entry => new FinishedJob(entry.Sequence, entry.Job.ToSnapshot(now)))];
    }

    /// <summary>Its limits are known to nobody; nothing runs.</summary>
    private static JobClassStatus Gone(string jobClass, JobCounts counts) =>
        new() { JobClass = jobClass, Settings = new JobClassSettings { MaxLocalWorkers = 0 }, Counts = counts };
}
