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

    /// <summary>All classes, with what they did lately.</summary>
    [Alias("overviews")]
    Task<Reply<IReadOnlyList<ClassOverview>>> GetOverviewsAsync();

    /// <summary>One class, with what it did lately.</summary>
    [Alias("overview")]
    Task<Reply<ClassOverview>> GetOverviewAsync(string jobClass);

    /// <summary>Who gets what of a class.</summary>
    [Alias("tenants")]
    Task<Reply<IReadOnlyList<TenantUse>>> GetTenantsAsync(string jobClass);

    /// <summary>The kinds of failure of a class's attempts.</summary>
    [Alias("errors")]
    Task<Reply<IReadOnlyList<ErrorGroup>>> GetErrorsAsync(string jobClass);

    /// <summary>The silos that are up.</summary>
    [Alias("silos")]
    Task<Reply<IReadOnlyList<SiloOverview>>> GetSilosAsync();

    /// <summary>Has a silo take no more jobs. The answer's value says nothing.</summary>
    [Alias("drain-silo")]
    Task<Reply<bool>> DrainSiloAsync(string silo);

    /// <summary>How many grains of each kind are active on each silo.</summary>
    [Alias("grains")]
    Task<Reply<IReadOnlyList<GrainActivity>>> GetGrainsAsync();

    /// <summary>Lines that the attempts of a job have logged.</summary>
    [Alias("log")]
    Task<Reply<IReadOnlyList<JobLogLine>>> ReadLogAsync(JobId id, long after, int limit);

    /// <summary>Changes a class's limits.</summary>
    [Alias("change-class")]
    Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change);

    /// <summary>A page of a class's results queue.</summary>
    [Alias("results"), ResponseTimeout("00:01:00")]
    Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo);
}
