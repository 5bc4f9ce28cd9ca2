using Microsoft.Extensions.Logging;

namespace OrleansJobs.Browser.Tests.Support;

/// <summary>Logs, reports progress, and then does what its job says. One that holds waits until it is cancelled.</summary>
internal sealed class WorkHandler : IJobHandler<Work>
{
    public async Task<JobResult> HandleAsync(Work payload, JobContext context)
    {
        context.Logger.LogInformation("Looking at {Text}", payload.Text);
        await context.ReportProgressAsync(0.25, $"a quarter of {payload.Text}");
        if (payload.Do == Deed.Hold)
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        }

        return payload.Do == Deed.Fail
            ? throw new InvalidOperationException($"The shelf does not hold {payload.Text}.")
            : JobResult.Success(new { Echo = payload.Text });
    }
}
