using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Who calls, who did what, and what there is to call.</summary>
internal static class AccessOperations
{
    private const string Tag = "Access";
    private const int DefaultPageSize = 100;

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        ApiOperation.Post("SignIn", Tag, "/signin", "Exchanges a key for a cookie.", ApiAnswer.Ok<SignInAnswer>("The holder of the key, with a cookie."), ApiBody.Json<SignInRequest>()) with
        {
            Codes = ["unauthenticated", "too-many-keys"],
        },
        ApiOperation.Post("SignOut", Tag, "/signout", "Ends a sign-in.", new ApiAnswer(204, "Nobody is signed in.")),
        ApiOperation.Get("GetSession", Tag, "/session", "Says who the caller is.", ApiAnswer.Ok<SessionAnswer>("The caller, and the token that unsafe calls by sign-in need.")),
        ApiOperation.Get("ReadAudit", Tag, "/audit", "Reads who did what, the newest first.", ApiAnswer.Ok<AuditPage>("A page."),
            new ApiParameter("kind", typeof(AuditKind), "The kind of which entries are wanted; without it, all."), ApiParameter.Cursor, ApiParameter.Limit(DefaultPageSize)),
        ApiOperation.Get("GetOpenApi", Tag, OpenApiEndpoints.Path, "Gives this document.", new ApiAnswer(200, "This document.", typeof(object))),
    ];
}
