namespace OrleansJobs.Dashboard;

/// <summary>The limits of who may do what over HTTP.</summary>
public static class AccessLimits
{
    /// <summary>Wrong keys that one address may show in <see cref="FailedKeyWindow"/>; from then on it gets 429 for wrong ones.</summary>
    public const int MaxFailedKeys = 10;

    /// <summary>How long wrong keys are counted, from the first one (1 min).</summary>
    public static readonly TimeSpan FailedKeyWindow = TimeSpan.FromMinutes(1);

    /// <summary>Addresses whose wrong keys are counted at once; beyond it the oldest count is dropped.</summary>
    public const int MaxFailedKeyCounts = 10_000;

    /// <summary>Largest body of a sign-in, in bytes (4 KiB).</summary>
    public const int MaxSignInBytes = 4 * 1024;

    /// <summary>Most keys in a configuration.</summary>
    public const int MaxKeys = 1_000;

    /// <summary>Sign-ins that a key has at once in a process; a further one ends the oldest.</summary>
    public const int MaxSignInsPerKey = 50;

    /// <summary>Shortest life of a sign-in (1 min).</summary>
    public static readonly TimeSpan MinSignInLifetime = TimeSpan.FromMinutes(1);

    /// <summary>Longest life of a sign-in (30 days).</summary>
    public static readonly TimeSpan MaxSignInLifetime = TimeSpan.FromDays(30);

    /// <summary>Changes that the audit trail in memory keeps; the oldest are dropped.</summary>
    public const int MaxAuditEntries = 10_000;

    /// <summary>Entries of each other kind (sign-ins; refusals; submits) that the audit trail in memory keeps beside them; the oldest are dropped.</summary>
    public const int MaxAuditAccessEntries = 2_000;

    /// <summary>
    /// Sign-ins that one caller has in the audit trail in <see cref="AccessEntryWindow"/>, and as many sign-outs and refusals; of strangers, all
    /// together. Those beyond are counted, and told by the next one.
    /// </summary>
    public const int MaxAccessEntries = 10;

    /// <summary>How long they are counted, from the first one (10 min).</summary>
    public static readonly TimeSpan AccessEntryWindow = TimeSpan.FromMinutes(10);

    /// <summary>Callers whose entries are counted each for themselves; further ones are counted with the strangers.</summary>
    public const int MaxAccessAccounts = 10_000;
}
