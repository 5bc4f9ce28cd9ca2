using Microsoft.AspNetCore.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Looks whether a caller may still be answered, for answers that outlast a call.</summary>
internal sealed class CallerWatch(SignIns signIns, KeyGate keys)
{
    /// <summary>
    /// Gives what says whether the caller of a call is still let in with the role that they had: their sign-in has not ended, and their key is there.
    /// </summary>
    public Func<Task<bool>> Of(HttpContext http, Caller caller)
    {
        var signIn = http.Features.Get<SignInOfCall>()?.Id;
        var stamp = caller.Kind is CallerKind.Key or CallerKind.Cookie ? keys.StampOf(caller.Name) : null;
        return async () => (stamp is null || keys.RoleOf(caller.Name, stamp) == caller.Role) && (signIn is null || await signIns.IsOpenAsync(signIn));
    }
}
