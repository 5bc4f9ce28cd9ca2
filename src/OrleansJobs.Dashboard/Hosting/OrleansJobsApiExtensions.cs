using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Dashboard.Autoscale;
using OrleansJobs.Dashboard.Bulk;
using OrleansJobs.Dashboard.Health;
using OrleansJobs.Dashboard.Live;

namespace OrleansJobs.Dashboard;

/// <summary>Puts the HTTP API into a web application.</summary>
public static class OrleansJobsApiExtensions
{
    /// <summary>
    /// Adds what the API needs, but for the <see cref="IJobClient"/> and the <see cref="IGridMonitor"/>, which the engine registers. An <see cref="IAuditTrail"/> or an
    /// <see cref="IJobRedactor"/> that the host registers is used. Adds authentication schemes: a host with one of its own has to name it
    /// as its default.
    /// </summary>
    public static IServiceCollection AddOrleansJobsApi(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOrleansJobsAccess();
        services.TryAddSingleton<AuditTrailChoice>();
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<LiveHub>();
        services.TryAddSingleton<LiveSources>();
        services.TryAddSingleton<BulkRuns>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BulkRuns>(provider => provider.GetRequiredService<BulkRuns>()));
        services.AddHealthChecks().AddCheck<GridHealthCheck>(GridHealthCheck.Name, tags: [GridHealthCheck.ReadyTag]);
        return services;
    }

    /// <summary>
    /// Maps the API under <paramref name="prefix"/>, and <c>/signin</c>, <c>/signout</c>, <c>/health/live</c> and <c>/health/ready</c> beside
    /// it. Errors are <c>application/problem+json</c> with a <c>code</c>; the JSON is that of <see cref="OrleansJobs.Http.JobsHttpJson"/>. Each
    /// of the API's routes has a policy of <see cref="AccessPolicies"/>. A <see cref="WebApplication"/> adds the middleware for them by
    /// itself; another host calls <c>UseAuthorization</c> between routing and endpoints.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where the API begins; <c>/api</c> by default.</param>
    /// <returns>The API's endpoints, for a host that adds something to all of them.</returns>
    public static RouteGroupBuilder MapOrleansJobsApi(this IEndpointRouteBuilder endpoints, string prefix = "/api")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        var routes = new ApiRoutes(group);
        SubmitEndpoints.Map(routes);
        JobEndpoints.Map(routes);
        LogEndpoints.Map(routes);
        BulkEndpoints.Map(routes);
        ClassEndpoints.Map(routes);
        InsightEndpoints.Map(routes);
        LiveEndpoints.Map(routes);
        AutoscaleEndpoints.Map(routes);
        AuditEndpoints.Map(routes);
        SessionEndpoints.MapSession(routes);
        routes.MapTheRest();
        SessionEndpoints.Map(new ApiRoutes(endpoints));
        HealthEndpoints.Map(endpoints);
        return group;
    }
}
