using OrleansJobs.Http;

namespace OrleansJobs.Dashboard;

/// <summary>
/// The authorization policies, one for each <see cref="AccessRole"/>. A policy is all that an endpoint needs: it asks who the caller is,
/// whether their role is enough, and whether it was they who asked, not a page of another site in their browser.
/// </summary>
public static class AccessPolicies
{
    /// <summary>The authentication scheme of the policies: keys, sign-ins and the host's own schemes, whichever the call has.</summary>
    public const string Scheme = "OrleansJobs";

    /// <summary>For <see cref="AccessRole.Viewer"/> and above.</summary>
    public const string Viewer = "OrleansJobs.Viewer";

    /// <summary>For <see cref="AccessRole.Operator"/> and above.</summary>
    public const string Operator = "OrleansJobs.Operator";

    /// <summary>For <see cref="AccessRole.Admin"/>.</summary>
    public const string Admin = "OrleansJobs.Admin";

    /// <summary>The policy of a role.</summary>
    public static string Of(AccessRole role) => role switch
    {
        AccessRole.Viewer => Viewer,
        AccessRole.Operator => Operator,
        AccessRole.Admin => Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };
}
