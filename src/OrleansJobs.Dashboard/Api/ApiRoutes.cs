using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OrleansJobs.Dashboard.Api;

/// <summary>
/// Maps the API's routes, each with the query keys that it knows; then answers for the methods and paths that it has not.
/// </summary>
internal sealed class ApiRoutes(RouteGroupBuilder group)
{
    private readonly Dictionary<string, List<string>> _methods = [];

    public void Get(string pattern, ApiHandler handler, params string[] queryKeys) => Map(HttpMethods.Get, pattern, handler, queryKeys);

    public void Post(string pattern, ApiHandler handler) => Map(HttpMethods.Post, pattern, handler, []);

    public void Patch(string pattern, ApiHandler handler) => Map(HttpMethods.Patch, pattern, handler, []);

    /// <summary>Without these the answers to a wrong method or path would be the server's bare ones.</summary>
    public void MapTheRest()
    {
        foreach (var (pattern, methods) in _methods)
        {
            var allowed = string.Join(", ", methods.Order(StringComparer.Ordinal));
            group.Map(
                pattern,
                http => ApiPipeline.RunAsync(http, null, _ => throw HttpFault.MethodNotAllowed(http.Request.Method, allowed)));
        }

        group.MapFallback("{*path}", http => ApiPipeline.RunAsync(http, null, _ => throw HttpFault.NoSuchPath(http.Request.Path)));
    }

    private void Map(string method, string pattern, ApiHandler handler, string[] queryKeys)
    {
        group.MapMethods(pattern, [method], http => ApiPipeline.RunAsync(http, queryKeys, handler));
        if (!_methods.TryGetValue(pattern, out var methods))
        {
            _methods.Add(pattern, methods = []);
        }

        methods.Add(method);
    }
}
