namespace OrleansJobs.Workers.Tests;

/// <summary>Does what the script says.</summary>
public sealed class WorkHandler(WorkScript script) : IJobHandler<Work>
{
    public Task<JobResult> HandleAsync(Work payload, JobContext context)
    {
        script.Context = context;
        script.Started.Increment();
        var task = script.Body(payload, context);
        _ = task?.ContinueWith(_ => script.Returned.Increment(), TaskScheduler.Default);
        return task!;
    }
}
