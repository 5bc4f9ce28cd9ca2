namespace OrleansJobs.Dashboard.Access;

/// <summary>The body of a sign-in.</summary>
/// <param name="Key">The text of a key.</param>
internal sealed record SignInRequest(string? Key = null);
