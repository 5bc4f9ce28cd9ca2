using OrleansJobs.Client.Grains;

namespace OrleansJobs.Client.Tests;

/// <summary>A grid that answers as it was told.</summary>
internal sealed class ScriptedGrid : IGridGrain
{
    public List<IReadOnlyList<JobSubmission>> Batches { get; } = [];

    public Func<JobSubmission, Reply<SubmitReceipt>> Receipt { get; set; } =
        submission => Reply<SubmitReceipt>.Of(new SubmitReceipt(submission.Id, SubmitStatus.Accepted));

    public Func<Task<Reply<JobClassStatus>>> Status { get; set; } = () => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<Reply<SubmitReceipt>>>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions)
    {
        Batches.Add(submissions);
        return Task.FromResult(Reply<IReadOnlyList<Reply<SubmitReceipt>>>.Of([.. submissions.Select(Receipt)]));
    }

    public Task<Reply<JobClassStatus>> GetClassAsync(string jobClass) => Status();

    public Task<Reply<JobPage>> ListAsync(JobFilter filter, string? cursor, int limit) => throw new NotSupportedException();

    public Task<Reply<JobWait>> ExplainAsync(JobId id) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<JobClassStatus>>> GetClassesAsync() => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<ClassOverview>>> GetOverviewsAsync() => throw new NotSupportedException();

    public Task<Reply<ClassOverview>> GetOverviewAsync(string jobClass) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<TenantUse>>> GetTenantsAsync(string jobClass) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<ErrorGroup>>> GetErrorsAsync(string jobClass) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<SiloOverview>>> GetSilosAsync() => throw new NotSupportedException();

    public Task<Reply<bool>> DrainSiloAsync(string silo) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<GrainActivity>>> GetGrainsAsync() => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<JobLogLine>>> ReadLogAsync(JobId id, long after, int limit) => throw new NotSupportedException();

    public Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo) =>
        throw new NotSupportedException();
}
