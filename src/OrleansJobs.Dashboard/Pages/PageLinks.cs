using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Pages;

/// <summary>Where a page's parts are, as its browser has to ask for them: wherever the host has mapped them, and below its path base.</summary>
internal sealed record PageLinks(string Base, string Api, string SignIn, string SignOut)
{
    /// <param name="http">The call for a page.</param>
    /// <param name="depth">How many segments of its path are the page's own.</param>
    public static PageLinks Of(HttpContext http, int depth)
    {
        var session = PathOf(http, SessionEndpoints.Session);
        return new PageLinks(
            BaseOf(http, depth),
            session[..^SessionEndpoints.SessionPath.Length],
            PathOf(http, SessionEndpoints.SignIn),
            PathOf(http, SessionEndpoints.SignOut));
    }

    private static string BaseOf(HttpContext http, int depth)
    {
        var path = (http.Request.PathBase + http.Request.Path).ToUriComponent().TrimEnd('/');
        for (; depth > 0; depth--)
        {
            path = path[..path.LastIndexOf('/')];
        }

        return path;
    }

    private static string PathOf(HttpContext http, string name) =>
        http.RequestServices.GetRequiredService<LinkGenerator>().GetPathByName(http, name)
        ?? throw new InvalidOperationException("The dashboard reads the HTTP API of the same application, which has none: call MapOrleansJobsApi() too.");
}
