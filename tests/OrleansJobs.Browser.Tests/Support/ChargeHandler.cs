namespace OrleansJobs.Browser.Tests.Support;

/// <summary>Charges nobody, and keeps what it was given, for the tests to see.</summary>
internal sealed class ChargeHandler(Charged charged) : IJobHandler<Charge>
{
    public Task<JobResult> HandleAsync(Charge payload, JobContext context)
    {
        charged.Add(payload);
        return Task.FromResult(JobResult.Done);
    }
}
