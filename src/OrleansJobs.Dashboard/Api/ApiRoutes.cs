using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Maps the API's routes, each with the query keys that it knows and the role that it needs; then answers for the methods and paths that
/// it has not. No route is mapped elsewhere, so none is without a policy by oversight.
/// </summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder group)
{
    private readonly Dictionary<string, List<string>> _methods = [];

    /// <summary>A route that viewers may read.</summary>
    public IEndpointConventionBuilder Get(string pattern, ApiHandler handler, params string[] queryKeys) =>
        Get(pattern, AccessRole.Viewer, handler, queryKeys);

    /// <summary>A route that this role may read.</summary>
    public IEndpointConventionBuilder Get(string pattern, AccessRole role, ApiHandler handler, params string[] queryKeys) =>
        Map(HttpMethods.Get, pattern, role, http => ApiPipeline.RunAsync(http, queryKeys, handler));

    /// <summary>An act of operators.</summary>
    public void Post(string pattern, string verb, ApiHandler handler) =>
        Map(HttpMethods.Post, pattern, AccessRole.Operator, http => ApiPipeline.RunAsync(http, [], handler, verb));

    /// <summary>An act of admins.</summary>
    public void Patch(string pattern, string verb, ApiHandler handler) =>
        Map(HttpMethods.Patch, pattern, AccessRole.Admin, http => ApiPipeline.RunAsync(http, [], handler, verb));

    /// <summary>A post that anybody may make; its handler does its own checks.</summary>
    public IEndpointConventionBuilder Open(string pattern, ApiHandler handler) =>
        Add(HttpMethods.Post, pattern, http => ApiPipeline.RunAsync(http, [], handler)).AllowAnonymous();

    /// <summary>Without these the answers to a wrong method or path would be the server's bare ones.</summary>
    public void MapTheRest()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allowed = string.Join(", ", methods.Order(StringComparer.Ordinal));
            Guard(
                group.Map(pattern, http => ApiPipeline.RunAsync(http, null, _ => throw HttpFault.MethodNotAllowed(http.Request.Method, allowed))),
                AccessRole.Viewer);
        }

        Guard(
            group.MapFallback("{*path}", http => ApiPipeline.RunAsync(http, null, _ => throw HttpFault.NoSuchPath(http.Request.Path))),
            AccessRole.Viewer);
    }

    private static IEndpointConventionBuilder Guard(IEndpointConventionBuilder endpoint, AccessRole role) =>
        endpoint.RequireAuthorization(AccessPolicies.Of(role));

    private IEndpointConventionBuilder Map(string method, string pattern, AccessRole role, RequestDelegate run) => Guard(Add(method, pattern, run), role);

    private IEndpointConventionBuilder Add(string method, string pattern, RequestDelegate run)
    {
        if (!_methods.TryGetValue(pattern, out var methods))
        {
            _methods.Add(pattern, methods = []);
        }

        methods.Add(method);
        return group.MapMethods(pattern, [method], run);
    }
}
