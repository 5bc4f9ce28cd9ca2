using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Who an endpoint lets in.</summary>
internal static class EndpointAccess
{
    /// <summary>Whether it asks nobody who they are.</summary>
    public static bool IsOpen(this RouteEndpoint endpoint) => IsOpen(endpoint.Metadata);

    /// <summary>Whether it asks nobody who they are, by its metadata.</summary>
    public static bool IsOpen(IEnumerable<object> metadata) => metadata.OfType<IAllowAnonymous>().Any();

    /// <summary>The role that it needs, as a word; null when it is open.</summary>
    public static string? RoleOf(IEnumerable<object> metadata) => metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy switch
    {
        AccessPolicies.Admin => "admin",
        AccessPolicies.Operator => "operator",
        AccessPolicies.Viewer => "viewer",
        _ => null,
    };
}
