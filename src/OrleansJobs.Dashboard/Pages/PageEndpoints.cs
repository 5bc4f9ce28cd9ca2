using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Pages;

/// <summary>
/// Serves the pages: one shell for all of them, and its files. They hold nothing of the grid and are open to everybody; what they show
/// comes from the API, which asks who is there.
/// </summary>
internal static class PageEndpoints
{
    private const string AssetsPath = "/assets";
    private const string KeptForGood = "public, max-age=31536000, immutable";
    private const string AskedAgain = "no-cache";

    /// <summary>The addresses that pages have. Others are left to the host.</summary>
    private static readonly string[] Paths =
        ["/", "/classes/{class}", "/jobs", "/jobs/{id}", "/silos", "/grains", "/dead-letters", "/results", "/audit", "/signin"];

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(RouteGroupBuilder group)
    {
        foreach (var path in Paths)
        {
            var depth = path.Count(letter => letter == '/') - (path == "/" ? 1 : 0);
            group.MapMethods(path, Methods, http => ShowAsync(http, depth)).AllowAnonymous();
        }

        group.MapMethods(AssetsPath + "/{version}/{**file}", Methods, SendAsync).AllowAnonymous();
    }

    private static Task ShowAsync(HttpContext http, int depth)
    {
        var links = PageLinks.Of(http, depth);
        var assets = PageAssets.All.Value;
        SecurityHeaders.Write(http.Response, SecurityHeaders.PagePolicy);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            assets.Shell
                .Replace("{{assets}}", Encode($"{links.Base}{AssetsPath}/{assets.Version}"), StringComparison.Ordinal)
                .Replace("{{base}}", Encode(links.Base), StringComparison.Ordinal)
                .Replace("{{api}}", Encode(links.Api), StringComparison.Ordinal),
            http.RequestAborted);
    }

    /// <summary>
    /// A file. One of another version than this host's is asked for while versions change: the page that asks is better off with this one
    /// than with none, but is not to keep it.
    /// </summary>
    private static async Task SendAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        SecurityHeaders.Write(response, SecurityHeaders.ApiPolicy);
        if (PageAssets.All.Value.Find((string?)http.GetRouteValue("file") ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isCurrent = (string?)http.GetRouteValue("version") == PageAssets.All.Value.Version;
        response.Headers.CacheControl = isCurrent ? KeptForGood : AskedAgain;
        response.Headers.ETag = asset.ETag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.Contains(asset.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isZipped = asset.Zipped is not null && Takes(request.Headers.AcceptEncoding, "gzip");
        response.Headers.ContentEncoding = isZipped ? "gzip" : default(StringValues);
        response.ContentType = asset.ContentType;
        var bytes = isZipped ? asset.Zipped! : asset.Bytes;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static bool Takes(StringValues accepted, string encoding) => accepted.ToString().Split(',')
        .Any(one => one.Trim().StartsWith(encoding, StringComparison.OrdinalIgnoreCase) && !one.Contains("q=0", StringComparison.OrdinalIgnoreCase));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
