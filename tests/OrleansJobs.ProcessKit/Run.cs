namespace OrleansJobs.ProcessKit;

/// <summary>One run of a probe, as its traces tell it. Times in milliseconds of the Unix clock.</summary>
/// <param name="EndedAt">When its handler returned or threw; null if it did neither.</param>
/// <param name="Succeeded">Whether its handler returned.</param>
internal sealed record Run(
    JobId Job, int Attempt, long LeaseToken, string Tenant, int Process, long StartedAt, long? EndedAt, bool Succeeded);
