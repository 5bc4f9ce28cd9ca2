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

    public Task<Reply<JobClassSettings>> ChangeClassAsync(string jobClass, JobClassChange change) => throw new NotSupportedException();

    public Task<Reply<IReadOnlyList<FinishedJob>>> ReadFinishedAsync(string jobClass, long after, int limit, TimeSpan waitUpTo) =>
        throw new NotSupportedException();
}
