using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>Makes jobs and moves them on.</summary>
public static class Jobs
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static int _made;

    /// <summary>A queued job; ids rise with each.</summary>
    public static JobRecord New(string jobClass = "email", string tenant = "", DateTimeOffset? dueAt = null) => new()
    {
        Id = JobId.New(Now.AddMilliseconds(Interlocked.Increment(ref _made))),
        JobClass = jobClass,
        Tenant = tenant,
        Payload = "{}"u8.ToArray(),
        State = dueAt > Now ? JobState.Scheduled : JobState.Queued,
        SubmittedAt = Now,
        DueAt = dueAt ?? Now,
        MaxAttempts = 3,
    };

    public static JobRecord Start(this JobRecord job, string silo = "silo-1") => job with
    {
        Version = job.Version + 1,
        State = JobState.Running,
        Attempt = job.Attempt + 1,
        LeaseToken = job.LeaseToken + 1,
        Silo = silo,
        StartedAt = Now.AddSeconds(1),
    };

    public static JobRecord End(this JobRecord job, JobState state = JobState.Succeeded, DateTimeOffset? finishedAt = null) => job with
    {
        Version = job.Version + 1,
        State = state,
        FinishedAt = finishedAt ?? Now.AddSeconds(2),
    };

    public static JobRecord Requeue(this JobRecord job) => job with
    {
        Version = job.Version + 1,
        State = JobState.Queued,
        FinishedAt = null,
        DueAt = Now,
    };

    /// <summary>The job's place in listings.</summary>
    public static ListPosition Place(this JobRecord job) => new(Micros.Of(job.SubmittedAt), job.Id);

    /// <summary>Writes a change that has to succeed.</summary>
    public static async Task<JobRecord> WriteAsync(this IJobStore store, JobRecord before, JobRecord next)
    {
        Assert.True(await store.UpdateAsync(next, before.State), $"The update to version {next.Version} was refused.");
        return next;
    }

    /// <summary>Inserts a job, which has to succeed.</summary>
    public static async Task<JobRecord> AddAsync(this IJobStore store, JobRecord job)
    {
        Assert.Equal(new InsertOutcome(InsertStatus.Inserted, job.Id), await store.InsertAsync(job));
        return job;
    }

    /// <summary>Inserts a job and runs it to its end.</summary>
    public static async Task<JobRecord> AddEndedAsync(
        this IJobStore store, JobRecord job, JobState state = JobState.Succeeded, DateTimeOffset? finishedAt = null)
    {
        await store.AddAsync(job);
        var running = await store.WriteAsync(job, job.Start());
        return await store.WriteAsync(running, running.End(state, finishedAt));
    }
}
