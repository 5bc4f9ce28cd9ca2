using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>The trail that is written: the one that the host or its engine registers, in whatever order, or one in memory.</summary>
internal sealed class AuditTrailChoice(IServiceProvider services)
{
    public IAuditTrail Trail { get; } = services.GetService<IAuditTrail>() ?? new InMemoryAuditTrail();
}
