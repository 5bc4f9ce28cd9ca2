namespace OrleansJobs.Dashboard.Access;

/// <summary>What shows that an unsafe call by sign-in was made by a page of the grid.</summary>
/// <param name="Header">The header that carries the token.</param>
/// <param name="Token">The token.</param>
internal sealed record CsrfToken(string Header, string Token);
