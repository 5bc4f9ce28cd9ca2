using Microsoft.Extensions.Logging;

namespace OrleansJobs.Testing.Tests.Sample;

/// <summary>Greets; a name decides what else it does.</summary>
public sealed class GreetHandler(Greetings greetings) : IJobHandler<Greet>
{
    public async Task<JobResult> HandleAsync(Greet payload, JobContext context)
    {
        greetings.Add(payload.Name);
        switch (payload.Name)
        {
            case "rude":
                throw new InvalidOperationException("Not with me.");
            case "sleepy":
                return context.LoadCheckpoint<bool>() ? JobResult.Success("good morning") : await SnoozeAsync(context);
            case "slow":
                await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
                break;
            case "long":
                return JobResult.Success(new string('o', JobLimits.MaxResultBytes));
        }

        context.Logger.LogInformation("Greeted {Name}", payload.Name);
        await context.ReportProgressAsync(1.5, "greeted");
        return JobResult.Success($"hello {payload.Name}");
    }

    private static async Task<JobResult> SnoozeAsync(JobContext context)
    {
        await context.SaveCheckpointAsync(true);
        return JobResult.Snooze(TimeSpan.FromHours(8));
    }
}
