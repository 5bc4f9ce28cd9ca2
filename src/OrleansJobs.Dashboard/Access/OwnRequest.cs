using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Access;

/// <summary>The requirement, part of every policy, that <see cref="RequestGuard"/> lets the call pass.</summary>
internal sealed class OwnRequest : IAuthorizationRequirement
{
    public static OwnRequest Instance { get; } = new();

    /// <summary>Meets it.</summary>
    internal sealed class Handler(RequestGuard guard) : AuthorizationHandler<OwnRequest>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OwnRequest requirement)
        {
            if (context.Resource is not HttpContext http || Caller.Of(context.User) is not { } caller)
            {
                return;
            }

            if (await guard.CheckAsync(http, caller) is { } fault)
            {
                http.Features.Set(fault);
                context.Fail(new AuthorizationFailureReason(this, fault.Message));
                return;
            }

            context.Succeed(requirement);
        }
    }
}
