using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansJobs.Aspire;

/// <summary>Whether the grid at the end of a client's connection answers: asks it for its classes.</summary>
internal sealed class GridConnectionCheck(IJobClient jobs) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var classes = await jobs.GetClassesAsync(cancellationToken);
            return HealthCheckResult.Healthy($"The grid answers; it has {classes.Count} job classes.");
        }
        catch (JobsException error)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, error.Message);
        }
    }
}
