using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// The scheme of the policies. A call with a key is its key's, whatever else it has; one without is that of its sign-in, or of the first of
/// the host's schemes that knows it. Where nothing is configured, a call through loopback is that of the machine's user.
/// </summary>
internal sealed class AccessHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    IOptions<OrleansJobsAccessOptions> access,
    KeyGate keys,
    SignInCookie cookie,
    Auditor auditor) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const string Bearer = "Bearer ";
    private HttpFault? _fault;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        try
        {
            var until = new AuthenticationProperties();
            var caller = access.Value.IsOpen ? Local() : KeyOf(Request) is { } key ? ByKey(key) : await BySessionAsync(until);
            return caller is null
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(), until, Scheme.Name));
        }
        catch (HttpFault fault)
        {
            _fault = fault;
            await TellAsync(fault);
            return AuthenticateResult.Fail(fault);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        ApiErrors.WriteAsync(Context, _fault ?? HttpFault.Unauthenticated());

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Caller.Of(Context.User);
        var fault = Context.Features.Get<HttpFault>() ?? HttpFault.Forbidden(caller, NeededRole());
        await auditor.RefuseAsync(Context, caller, fault);
        await ApiErrors.WriteAsync(Context, fault);
    }

    /// <summary>Somebody was not let in. Too many wrong keys are told by the wrong ones before them.</summary>
    private Task TellAsync(HttpFault fault) =>
        fault.IsOfWrongKey ? auditor.RefuseKeyAsync(Context, AuditVerb.WrongKey, fault.KeyName, fault)
        : fault.RetryAfter is null ? auditor.RefuseAsync(Context, null, fault)
        : Task.CompletedTask;

    /// <summary>
    /// The key in the header. A token of another form is for the host's schemes to look at, if there are any; else it is a wrong key.
    /// </summary>
    private string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = header[Bearer.Length..].Trim();
        return access.Value.Schemes.Count == 0 || token.StartsWith(ApiKey.Prefix, StringComparison.Ordinal) ? token : null;
    }

    /// <summary>
    /// How the server is bound was checked at start; but a host may bind it in ways that nobody can check then, and a proxy on this machine
    /// connects through loopback for everybody.
    /// </summary>
    private Caller Local() =>
        Context.CameThroughNetwork() ? throw HttpFault.NoKeysConfigured()
        : PassedOnCall.SignOf(Request) is { } sign ? throw HttpFault.PassedOnWithoutKeys(sign)
        : Caller.Local;

    private Caller ByKey(string key)
    {
        var (name, role) = keys.Admit(key, Context);
        return new Caller(name, role, CallerKind.Key);
    }

    /// <param name="until">Is told when the session ends, so that what lasts longer than a call can end with it.</param>
    private async Task<Caller?> BySessionAsync(AuthenticationProperties until) => await cookie.ReadAsync(Context, until) ?? await BySchemesAsync(until);

    private async Task<Caller?> BySchemesAsync(AuthenticationProperties until)
    {
        foreach (var scheme in access.Value.Schemes)
        {
            var session = await Context.AuthenticateAsync(scheme);
            if (session.Principal is { Identity.IsAuthenticated: true } user)
            {
                until.ExpiresUtc = session.Properties?.ExpiresUtc;
                return access.Value.MapRole(user) is { } role
                    ? new Caller(user.Identity.Name ?? scheme, role, CallerKind.Scheme)
                    : throw HttpFault.NoRole(user.Identity.Name ?? scheme);
            }
        }

        return null;
    }

    private string? NeededRole() => Context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy switch
    {
        AccessPolicies.Admin => AccessRole.Admin,
        AccessPolicies.Operator => AccessRole.Operator,
        _ => AccessRole.Viewer,
    }).DefaultIfEmpty(AccessRole.Viewer).Max() is { } role ? Caller.NameOf(role) : null;
}
