using System.Diagnostics;

namespace OrleansJobs.Telemetry.Tests.Support;

/// <summary>A job that fails so many times, or snoozes once, and then succeeds.</summary>
public sealed record Errand(int Failures = 0, bool Snooze = false)
{
    public const string Class = "errand";
}

/// <summary>Does errands; what it does itself is a span of its own source.</summary>
public sealed class ErrandHandler : IJobHandler<Errand>
{
    public static ActivitySource Source { get; } = new("errands");

    public async Task<JobResult> HandleAsync(Errand payload, JobContext context)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(context);
        if (payload.Snooze && context.LoadCheckpoint<string>() is null)
        {
            await context.SaveCheckpointAsync("snoozed");
            return JobResult.Snooze(TimeSpan.FromMilliseconds(10));
        }

        return context.Attempt <= payload.Failures
            ? throw new InvalidOperationException($"Attempt {context.Attempt} is too early.")
            : JobResult.Done;
    }
}
