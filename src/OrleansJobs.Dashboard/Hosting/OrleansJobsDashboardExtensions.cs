using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using OrleansJobs.Dashboard.Pages;

namespace OrleansJobs.Dashboard;

/// <summary>Puts the dashboard's pages into a web application.</summary>
public static class OrleansJobsDashboardExtensions
{
    /// <summary>
    /// Maps the pages under <paramref name="prefix"/>. They read the HTTP API of the same application, wherever
    /// <see cref="OrleansJobsApiExtensions.MapOrleansJobsApi"/> has put it, so that has to be called too. The pages themselves hold nothing of
    /// the grid and are open: whoever the API does not know is asked for a key. Answers carry a content security policy that lets nothing
    /// of another origin, and nothing inline, run.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where the pages begin, such as <c>/jobs-grid</c>; <c>/</c> by default.</param>
    /// <returns>The pages' endpoints, for a host that adds something to all of them.</returns>
    public static RouteGroupBuilder MapOrleansJobsDashboard(this IEndpointRouteBuilder endpoints, string prefix = "/")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix == "/" ? "" : prefix);
        PageEndpoints.Map(group);
        return group;
    }
}
