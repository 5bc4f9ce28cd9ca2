using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>A key that is let in.</summary>
/// <param name="Hash">The SHA-256 of its text.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Expires">From when on it is not let in any more; null for never.</param>
internal sealed record KnownKey(byte[] Hash, AccessRole Role, DateTimeOffset? Expires);
