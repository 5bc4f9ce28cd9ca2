using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Pages;

/// <summary>Where a page's parts are, as its browser has to ask for them: wherever the host has mapped them, and below its path base.</summary>
internal sealed record PageLinks(string Base, string Api)
{
    /// <param name="http">The call for a page.</param>
    /// <param name="depth">How many segments of its path are the page's own.</param>
    public static PageLinks Of(HttpContext http, int depth) => new(BaseOf(http, depth), ApiPath.Of(http));

    private static string BaseOf(HttpContext http, int depth)
    {
        var path = (http.Request.PathBase + http.Request.Path).ToUriComponent().TrimEnd('/');
        for (; depth > 0; depth--)
        {
            path = path[..path.LastIndexOf('/')];
        }

        return path;
    }
}
