using OrleansJobs.TestKit;

namespace OrleansJobs.Workers.Tests;

/// <summary>What the tests' handler does, and how often it did.</summary>
public sealed class WorkScript
{
    public Func<Work, JobContext, Task<JobResult>> Body { get; set; } = (_, _) => Task.FromResult(JobResult.Done);

    public Counter Started { get; } = new();

    public Counter Returned { get; } = new();

    /// <summary>The context of the attempt that started last.</summary>
    public JobContext? Context { get; set; }

    /// <summary>Runs until its token fires, then ends as cancelled.</summary>
    public void RunUntilStopped() => Body = async (_, context) =>
    {
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return JobResult.Done;
    };

    /// <summary>Runs until the signal comes, whatever its token says.</summary>
    public TaskCompletionSource<JobResult> RunUntilTold()
    {
        var told = new TaskCompletionSource<JobResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Body = (_, _) => told.Task;
        return told;
    }
}
