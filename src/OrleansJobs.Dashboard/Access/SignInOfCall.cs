namespace OrleansJobs.Dashboard.Access;

/// <summary>The sign-in that a call was made by, kept with the call.</summary>
/// <param name="Id">Its number.</param>
internal sealed record SignInOfCall(string Id);
