using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Signs browsers in and out, and tells a caller who they are.</summary>
internal static class SessionEndpoints
{
    /// <summary>Maps the routes. Signing in and out is open: who does it need not be known yet, or any more.</summary>
    public static void Map(ApiRoutes routes)
    {
        routes.OpenPost("/signin", SignInAsync);
        routes.OpenPost("/signout", SignOutAsync);
        routes.Get(ApiPath.Anchor, AccessRole.Viewer, ShowAsync).WithName(ApiPath.AnchorName);
    }

    private static async Task<IResult> SignInAsync(ApiCall call)
    {
        var (http, services) = (call.Http, call.Http.RequestServices);
        await RequireOwnAsync(http, null);
        if (services.GetRequiredService<IOptions<OrleansJobsAccessOptions>>().Value.Keys.Count == 0)
        {
            throw new InvalidRequestException("No keys are configured here, so there is nothing to sign in with.");
        }

        var request = await RequestBody.ReadAsync<SignInRequest>(http, AccessLimits.MaxSignInBytes);
        var key = request.Key ?? throw new InvalidRequestException("Property 'key' is missing.");
        var (name, role) = await AdmitAsync(http, key);
        var caller = new Caller(name, role, CallerKind.Cookie);
        await services.GetRequiredService<SignInCookie>().WriteAsync(http, name);
        await services.GetRequiredService<Auditor>().WriteAsync(http, caller, AuditVerb.SignIn, new AuditNote(), null);
        return Answers.Json(new SignInAnswer(caller.Name, caller.Role));
    }

    private static async Task<(string Name, AccessRole Role)> AdmitAsync(HttpContext http, string key)
    {
        try
        {
            return http.RequestServices.GetRequiredService<KeyGate>().Admit(key, http);
        }
        catch (HttpFault fault) when (fault.IsOfWrongKey)
        {
            await http.RequestServices.GetRequiredService<Auditor>().RefuseKeyAsync(http, AuditVerb.SignIn, fault.KeyName, fault);
            throw;
        }
    }

    /// <summary>204 also when nobody was signed in: then that is so too.</summary>
    private static async Task<IResult> SignOutAsync(ApiCall call)
    {
        var (http, services) = (call.Http, call.Http.RequestServices);
        var caller = await services.GetRequiredService<SignInCookie>().ReadAsync(http);
        http.User = caller?.ToPrincipal() ?? http.User;
        await RequireOwnAsync(http, caller);
        if (caller is not null)
        {
            await SignInCookie.ClearAsync(http);
            await services.GetRequiredService<Auditor>().WriteAsync(http, caller, AuditVerb.SignOut, new AuditNote(), null);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Who the caller is, and the token that their unsafe calls need if they are known by what a browser adds by itself.</summary>
    private static Task<IResult> ShowAsync(ApiCall call)
    {
        var caller = call.Caller;
        var token = caller.IsAmbient ? call.Http.RequestServices.GetRequiredService<PageTokens>().Make(call.Http) : null;
        var csrf = token is null ? null : new CsrfToken(PageTokens.HeaderName, token);
        return Task.FromResult(Answers.Json(new SessionAnswer(caller.Name, caller.Role, caller.Kind, csrf)));
    }

    private static async Task RequireOwnAsync(HttpContext http, Caller? caller)
    {
        if (await http.RequestServices.GetRequiredService<RequestGuard>().CheckAsync(http, caller) is { } fault)
        {
            throw fault;
        }
    }
}
