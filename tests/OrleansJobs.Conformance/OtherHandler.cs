namespace OrleansJobs.Conformance;

/// <summary>Plays the test's script for the other class.</summary>
public sealed class OtherHandler(Script script) : IJobHandler<OtherJob>
{
    public Task<JobResult> HandleAsync(OtherJob payload, JobContext context) => script.PlayAsync(payload.Name, context);
}
