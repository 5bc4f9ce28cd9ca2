using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard;

/// <summary>
/// Who may use the API: the configuration section <see cref="Section"/>, and what a host adds by
/// <c>services.Configure&lt;OrleansJobsAccessOptions&gt;(…)</c>. Without keys and schemes whoever reaches the API on loopback is admin, and
/// nobody is let in from elsewhere. Read at start; <see cref="Keys"/> are read again when the
/// configuration changes.
/// </summary>
public sealed class OrleansJobsAccessOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "JobGrid:Access";

    /// <summary>The role by which a host's own users are viewers, unless <see cref="MapRole"/> says otherwise.</summary>
    public const string ViewerRole = "jobs-viewer";

    /// <summary>The role by which a host's own users are operators, unless <see cref="MapRole"/> says otherwise.</summary>
    public const string OperatorRole = "jobs-operator";

    /// <summary>The role by which a host's own users are admins, unless <see cref="MapRole"/> says otherwise.</summary>
    public const string AdminRole = "jobs-admin";

    /// <summary>The keys that are let in, by name.</summary>
    public IDictionary<string, ApiKeyOptions> Keys { get; } = new Dictionary<string, ApiKeyOptions>(StringComparer.Ordinal);

    /// <summary>Authentication schemes of the host that are asked who the caller is, when the call has no key and no sign-in.</summary>
    public IList<string> Schemes { get; } = [];

    /// <summary>What a user of the host's own schemes may do; null for nothing. By the user's roles unless it is set.</summary>
    public Func<ClaimsPrincipal, AccessRole?> MapRole { get; set; } = ByRoles;

    /// <summary>
    /// Names beside those of loopback under which the API may be called through loopback, such as that of a reverse proxy on the same
    /// machine. Without a port.
    /// </summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>How long a sign-in to the pages lasts; 1 min to 30 days, 8 h by default.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>After what time without a call a sign-in ends; 1 min to 30 days, 1 h by default. What is pushed to open pages is no call.</summary>
    public TimeSpan SignInIdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether cookies are for TLS alone whatever the call looks like here, and bear the prefix <c>__Host-</c>. False by default: then they are where
    /// the call came over TLS, as far as this process or a trusted proxy says. For a host whose pages are only reached over TLS.
    /// </summary>
    public bool SecureCookies { get; set; }

    /// <summary>Where sign-ins are kept; null, the default, for the memory of this process. Hosts behind one load balancer need one that they share.</summary>
    public ITicketStore? SignIns { get; set; }

    /// <summary>
    /// From which role on the sensitive values of a class are shown, by class: <c>operator</c> or <c>admin</c>. Those of other classes are
    /// shown to nobody.
    /// </summary>
    public IDictionary<string, string> Reveal { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether each call that submits jobs is in the audit trail too. False by default: submits are many, and each is a job that can be seen.</summary>
    public bool AuditSubmits { get; set; }

    /// <summary>
    /// Protects the cookies of sign-ins. By default its keys are in memory; hosts behind one load balancer need one that they share, as well as
    /// <see cref="SignIns"/>.
    /// </summary>
    public IDataProtectionProvider DataProtection { get; set; } = new EphemeralDataProtectionProvider();

    /// <summary>Whether nobody is asked who they are.</summary>
    public bool IsOpen => Keys.Count == 0 && Schemes.Count == 0;

    /// <summary>What could not be read from the configuration.</summary>
    internal List<string> ReadFaults { get; } = [];

    /// <summary>What is wrong with the options, each fault in a sentence with key, value and range; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate() => [.. ReadFaults, .. AccessRules.Check(this)];

    private static AccessRole? ByRoles(ClaimsPrincipal user) =>
        user.IsInRole(AdminRole) ? AccessRole.Admin
        : user.IsInRole(OperatorRole) ? AccessRole.Operator
        : user.IsInRole(ViewerRole) ? AccessRole.Viewer
        : null;
}
