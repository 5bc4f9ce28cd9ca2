namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Does nothing.</summary>
internal sealed class NoopHandler(NoopCounter counter) : IJobHandler<NoopPayload>
{
    public const string JobClass = "noop";

    public Task<JobResult> HandleAsync(NoopPayload payload, JobContext context)
    {
        counter.Ran();
        return Task.FromResult(JobResult.Done);
    }
}
