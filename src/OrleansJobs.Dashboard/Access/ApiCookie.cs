using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Access;

/// <summary>A cookie that browsers send to the API alone: neither the application around it nor another grid of the same host gets it.</summary>
internal sealed class ApiCookie : CookieBuilder
{
    public ApiCookie(string name)
    {
        Name = name;
        HttpOnly = true;
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
        IsEssential = true;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Path = ApiPath.Of(context) is { Length: > 0 } path ? path : "/";
        return options;
    }
}
