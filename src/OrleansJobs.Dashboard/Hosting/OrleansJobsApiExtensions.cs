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
using OrleansJobs.Dashboard.OpenApi;

namespace OrleansJobs.Dashboard;

/// <summary>Puts the HTTP API into a web application.</summary>
public static class OrleansJobsApiExtensions
{
    /// <summary>
    /// Adds what the API needs, but for the <see cref="IJobClient"/> and the <see cref="IGridMonitor"/>, which the engine registers. An <see cref="IAuditTrail"/> or an
    /// <see cref="IJobRedactor"/> that the host registers is used. Adds authentication schemes: a host with one of its own has to name it
    /// as its default. Where the application listens is its own affair: the start is refused only if strangers reach it there although nobody
    /// is asked who they are.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="access">Who may use the API beside what the configuration says, such as users of the host's own schemes.</param>
    public static IServiceCollection AddOrleansJobsApi(this IServiceCollection services, Action<OrleansJobsAccessOptions>? access = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (access is not null)
        {
            services.Configure(access);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOrleansJobsAccess();
        services.TryAddSingleton<AuditTrailChoice>();
        services.TryAddSingleton<AuditPace>();
        services.TryAddSingleton<Auditor>();
        services.TryAddSingleton<LiveHub>();
        services.TryAddSingleton<LiveSources>();
        services.TryAddSingleton<BulkRuns>();
        services.TryAddSingleton<OpenApiText>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BulkRuns>(provider => provider.GetRequiredService<BulkRuns>()));
        services.AddHealthChecks().AddCheck<GridReadyCheck>(GridReadyCheck.Name, tags: [GridReadyCheck.ReadyTag]);
        return services;
    }

    /// <summary>
    /// Maps the API under <paramref name="prefix"/>, and nothing elsewhere. Errors are <c>application/problem+json</c> with a <c>code</c>; the
    /// JSON is that of <see cref="OrleansJobs.Http.JobsHttpJson"/>. Each of the API's routes has a policy of <see cref="AccessPolicies"/>. A
    /// <see cref="WebApplication"/> adds the middleware for them by itself; another host calls <c>UseAuthorization</c> between routing and
    /// endpoints.
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
        SessionEndpoints.Map(routes);
        OpenApiEndpoints.Map(routes);
        routes.MapTheRest();
        return group;
    }

    /// <summary>
    /// Maps the OpenAPI document of the API once more, at a place of the application's choice; below the API it is at <c>/openapi/v1.json</c>
    /// anyway. It holds nothing of the grid and is open to everybody.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Where it is; <c>/openapi/v1.json</c> by default.</param>
    public static IEndpointConventionBuilder MapOrleansJobsOpenApi(this IEndpointRouteBuilder endpoints, string pattern = OpenApiEndpoints.Path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.MapGet(pattern, http => ApiPipeline.RunAsync(http, [], OpenApiEndpoints.ShowAsync)).AllowAnonymous();
    }

    /// <summary>
    /// Maps the health of the process (<c>/live</c>) and of the grid behind it (<c>/ready</c>) under <paramref name="prefix"/>: 200, or 503. They
    /// are open to everybody, but only viewers and above are told the reasons. The application's own health endpoints see the grid too, as the
    /// check <c>grid</c> with the tag <c>ready</c>.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where they begin; <c>/health</c> by default.</param>
    /// <returns>The endpoints, for a host that adds something to both.</returns>
    public static RouteGroupBuilder MapOrleansJobsHealth(this IEndpointRouteBuilder endpoints, string prefix = "/health")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix);
        HealthEndpoints.Map(group);
        return group;
    }
}
