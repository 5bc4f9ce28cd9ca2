using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The cookie of a sign-in: its number, protected. What it stands for is kept here.</summary>
internal sealed class SignInCookie(IOptions<OrleansJobsAccessOptions> access, KeyGate keys, SignIns signIns) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public const string Scheme = "OrleansJobs.Cookie";
    public const string CookieName = "orleansjobs";
    private const string StampClaim = "orleansjobs:stamp";

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != Scheme)
        {
            return;
        }

        options.Cookie = new ApiCookie(CookieName, access.Value.SecureCookies);
        options.ExpireTimeSpan = access.Value.SignInLifetime;
        options.SlidingExpiration = false;
        options.SessionStore = signIns;
        options.CookieManager = new ChunkingCookieManager();
        options.TicketDataFormat = new TicketDataFormat(access.Value.DataProtection.CreateProtector(Scheme));
    }

    /// <summary>Begins a sign-in. A cookie that came with the call is no part of it: whoever has put it there would know the new one.</summary>
    public Task WriteAsync(HttpContext http, string name)
    {
        http.Request.Headers.Remove(HeaderNames.Cookie);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(StampClaim, keys.StampOf(name) ?? "")], Scheme);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    public static Task ClearAsync(HttpContext http) => http.SignOutAsync(Scheme);

    /// <summary>Who signed in. What they may do is what their key may now: a key that is taken away takes its sign-ins with it.</summary>
    /// <param name="http">The call.</param>
    /// <param name="until">Is told when the sign-in ends.</param>
    public async Task<Caller?> ReadAsync(HttpContext http, AuthenticationProperties? until = null)
    {
        var ticket = await http.AuthenticateAsync(Scheme);
        var caller = ticket.Principal is { } user
            && keys.RoleOf(user.Identity?.Name, user.FindFirstValue(StampClaim)) is { } role
                ? new Caller(user.Identity!.Name!, role, CallerKind.Cookie)
                : null;
        if (caller is not null && until is not null)
        {
            until.ExpiresUtc = ticket.Properties?.ExpiresUtc;
        }

        if (caller is not null && SignIns.IdOf(ticket.Properties) is { } id)
        {
            http.Features.Set(new SignInOfCall(id));
        }

        return caller;
    }
}
