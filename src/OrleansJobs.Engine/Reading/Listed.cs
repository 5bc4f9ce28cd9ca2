using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Engine.Reading;

/// <summary>A job as listings show it: without what could make a page of them too large for a message.</summary>
internal static class Listed
{
    /// <summary>The job without its ended attempts and the stack of its error.</summary>
    public static JobSnapshot Of(JobRecord job, DateTimeOffset now) => job.ToSnapshot(now) with
    {
        Attempts = [],
        LastError = job.LastError is { } error ? error with { Stack = null } : null,
    };
}
