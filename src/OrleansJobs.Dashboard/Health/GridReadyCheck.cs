using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Health;

/// <summary>Whether this host is ready, which it is when the grid behind it answers: asks it for its classes.</summary>
internal sealed class GridReadyCheck(IJobClient jobs) : IHealthCheck
{
    public const string Name = "grid";
    public const string ReadyTag = "ready";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var classes = await jobs.GetClassesAsync(cancellationToken);
            return HealthCheckResult.Healthy($"The grid answers; it has {classes.Count} job classes.");
        }
        catch (JobsException error)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, ApiErrors.Describe(error).Detail, error);
        }
    }
}
