using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Dashboard.OpenApi;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Maps the API's routes, each with its <see cref="ApiOperation"/> and the role that it needs; then answers for the methods and paths that
/// it has not. No route is mapped elsewhere, so none is without a policy by oversight.
/// </summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder group)
{
    private readonly Dictionary<string, List<string>> _methods = [];

    /// <summary>A route that viewers may read.</summary>
    public IEndpointConventionBuilder Get(string pattern, ApiHandler handler) => Get(pattern, AccessRole.Viewer, handler);

    /// <summary>A route that this role may read.</summary>
    public IEndpointConventionBuilder Get(string pattern, AccessRole role, ApiHandler handler) => Guard(Add(HttpMethods.Get, pattern, handler), role);

    /// <summary>An act of operators.</summary>
    public void Post(string pattern, string verb, ApiHandler handler) => Guard(Add(HttpMethods.Post, pattern, handler, verb), AccessRole.Operator);

    /// <summary>An act of operators that takes something away.</summary>
    public void Delete(string pattern, string verb, ApiHandler handler) => Guard(Add(HttpMethods.Delete, pattern, handler, verb), AccessRole.Operator);

    /// <summary>An act of admins.</summary>
    public void Patch(string pattern, string verb, ApiHandler handler) => Guard(Add(HttpMethods.Patch, pattern, handler, verb), AccessRole.Admin);

    /// <summary>A route that anybody may read.</summary>
    public void OpenGet(string pattern, ApiHandler handler) => Add(HttpMethods.Get, pattern, handler).AllowAnonymous();

    /// <summary>A post that anybody may make; its handler does its own checks.</summary>
    public void OpenPost(string pattern, ApiHandler handler) => Add(HttpMethods.Post, pattern, handler).AllowAnonymous();

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

    private IEndpointConventionBuilder Add(string method, string pattern, ApiHandler handler, string? verb = null)
    {
        if (!_methods.TryGetValue(pattern, out var methods))
        {
            _methods.Add(pattern, methods = []);
        }

        methods.Add(method);
        var operation = ApiOperations.Of(method, pattern);
        var keys = operation.QueryKeys;
        return group.MapMethods(pattern, [method], http => ApiPipeline.RunAsync(http, keys, handler, verb))
            .WithMetadata(verb is null ? [operation] : [operation, new AuditedAct(verb)]);
    }
}
