using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// The anti-forgery tokens of the pages. They are made by services of their own, so that neither the names nor the data protection of a
/// host's own forms are touched, and no key ring is written to disk for them.
/// </summary>
internal sealed class PageTokens : IDisposable
{
    public const string HeaderName = "X-Jobs-Csrf";
    private const string CookieName = "orleansjobs-csrf";

    private readonly ServiceProvider _services;
    private readonly IAntiforgery _antiforgery;

    public PageTokens(IOptions<OrleansJobsAccessOptions> access, ILoggerFactory logs)
    {
        _services = new ServiceCollection()
            .AddSingleton(access.Value.DataProtection)
            .AddSingleton(logs)
            .AddLogging()
            .AddAntiforgery(options =>
            {
                options.HeaderName = HeaderName;
                options.Cookie = new ApiCookie(CookieName, access.Value.SecureCookies);
                options.SuppressXFrameOptionsHeader = true;
            })
            .BuildServiceProvider();
        _antiforgery = _services.GetRequiredService<IAntiforgery>();
    }

    /// <summary>Makes a token for the caller; its other half goes into a cookie of the answer.</summary>
    public string Make(HttpContext http) => _antiforgery.GetAndStoreTokens(http).RequestToken!;

    /// <summary>Whether the call has the caller's token in its header. A token in a form is none: reading forms costs, and the pages have none.</summary>
    public async Task<bool> IsValidAsync(HttpContext http) =>
        http.Request.Headers.ContainsKey(HeaderName) && await _antiforgery.IsRequestValidAsync(http);

    public void Dispose() => _services.Dispose();
}
