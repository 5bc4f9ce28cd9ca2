using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// A cookie that browsers send to the API alone: neither the application around it nor another grid of the same host gets it. One that is secure
/// whatever the call is the whole host's instead, for its name: with that, browsers take it from nobody but the host itself, over TLS.
/// </summary>
internal sealed class ApiCookie : CookieBuilder
{
    private const string HostPrefix = "__Host-";
    private readonly bool _isSecure;

    /// <param name="name">Its name.</param>
    /// <param name="isSecure">Whether it is for TLS alone, whatever the call looks like here.</param>
    public ApiCookie(string name, bool isSecure)
    {
        _isSecure = isSecure;
        Name = isSecure ? HostPrefix + name : name;
        HttpOnly = true;
        SameSite = SameSiteMode.Strict;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
        IsEssential = true;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure |= _isSecure;
        options.Path = !_isSecure && ApiPath.Of(context) is { Length: > 0 } path ? path : "/";
        return options;
    }
}
