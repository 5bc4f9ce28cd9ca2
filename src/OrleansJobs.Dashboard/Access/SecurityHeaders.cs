using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The headers that tell browsers what they may do with an answer: next to nothing.</summary>
internal static class SecurityHeaders
{
    /// <summary>For JSON: nothing in it runs or loads anything.</summary>
    public const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>For bytes that somebody else made.</summary>
    public const string ForeignPolicy = ApiPolicy + "; sandbox";

    /// <summary>For pages: scripts, styles, images and calls of this host alone, none of them inline.</summary>
    public const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Sets them all. Answers are for whoever asked, now, and for no cache.</summary>
    public static void Write(HttpResponse response, string policy)
    {
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
    }
}
