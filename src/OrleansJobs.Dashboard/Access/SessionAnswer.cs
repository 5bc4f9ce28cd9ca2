using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Who calls.</summary>
/// <param name="Name">The caller's name.</param>
/// <param name="Role">What they may do.</param>
/// <param name="By">How they are known.</param>
/// <param name="Csrf">What their unsafe calls have to carry; null when nothing is needed.</param>
internal sealed record SessionAnswer(string Name, AccessRole Role, CallerKind By, CsrfToken? Csrf);
