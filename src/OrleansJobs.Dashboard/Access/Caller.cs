using System.Security.Claims;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Who calls, and what they may do.</summary>
internal sealed record Caller(string Name, AccessRole Role, CallerKind Kind)
{
    public const string RoleClaim = "orleansjobs:role";
    private const string KindClaim = "orleansjobs:kind";

    public static Caller Local { get; } = new("local", AccessRole.Admin, CallerKind.Local);

    /// <summary>The role as texts have it.</summary>
    public string RoleName => NameOf(Role);

    /// <summary>What the caller's use is counted under: a key and its sign-ins are one, a user of the host of the same name is another.</summary>
    public string Account => Kind == CallerKind.Scheme ? $"user {Name}" : Name;

    /// <summary>
    /// Whether a browser may have sent what the caller is known by without being asked to. A key in the header it never adds by itself.
    /// </summary>
    public bool IsAmbient => Kind is CallerKind.Cookie or CallerKind.Scheme;

    public static string NameOf(AccessRole role) => role.ToString().ToLowerInvariant();

    /// <summary>The caller of an authenticated call. Claims of that name count only from an identity that was made here.</summary>
    public static Caller? Of(ClaimsPrincipal user)
    {
        var identity = user.Identities.FirstOrDefault(identity => identity.AuthenticationType == AccessPolicies.Scheme);
        return identity?.Name is { } name
            && AccessRules.RoleOf(identity.FindFirst(RoleClaim)?.Value) is { } role
            && Enum.TryParse<CallerKind>(identity.FindFirst(KindClaim)?.Value, out var kind)
                ? new Caller(name, role, kind)
                : null;
    }

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Name),
            new Claim(ClaimTypes.Name, Name),
            new Claim(RoleClaim, RoleName),
            new Claim(KindClaim, Kind.ToString()),
        ],
        AccessPolicies.Scheme));
}
