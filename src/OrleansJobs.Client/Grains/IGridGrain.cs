using Orleans.Concurrency;

namespace OrleansJobs.Client.Grains;

/// <summary>What concerns many jobs or whole classes; a stateless worker, so that any silo answers.</summary>
[Alias("orleansjobs.grid")]
public interface IGridGrain : IGrainWithIntegerKey
{
    /// <summary>Makes many jobs durable in few commits; each is answered for itself.</summary>
    [Alias("submit-many"), ResponseTimeout("00:02:00")]
    Task<Reply<IReadOnlyList<Reply<SubmitReceipt>>>> SubmitManyAsync([Immutable] IReadOnlyList<JobSubmission> submissions);

    /// <summary>A page of a listing.</summary>
    [Alias("list"), ResponseTimeout("00:01:00")]
    Task<Reply<JobPage>> ListAsync(JobFilter filter, string? cursor, int limit);

    /// <summary>Why a job does not run.</summary>
    [Alias("explain")]
    Task<Reply<JobWait>> ExplainAsync(JobId id);

    /// <summary>All classes.</summary>
    [Alias("classes")]
    Task<Reply<IReadOnlyList<JobClassStatus>>> GetClassesAsync();

    /// <summary>One class.</summary>
    [Alias("class")]
    Task<Reply<JobClassStatus>> GetClassAsync(string jobClass);

    /// <summary>Changes a class's limits.</summary>
    [Alias("change-class")]
    Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change);

    /// <summary>A page of a class's results queue.</summary>
    [Alias("results"), ResponseTimeout("00:01:00")]
    Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo);
}
