using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Workers.Tests.Execution;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middleware_FirstAdded_IsTheOutermost()
    {
        var trace = new List<string>();
        await using var bench = new Bench(grid: grid =>
        {
            grid.Services.AddSingleton(trace);
            grid.AddMiddleware<Outer>().AddMiddleware<Inner>();
        });
        await bench.RunAsync(bench.NewLease(), (_, context) =>
        {
            trace.Add("handler " + context.Items["key"]);
            return Task.FromResult(JobResult.Done);
        });
        Assert.Equal(["outer in", "inner in", "handler left by outer", "inner out", "outer out"], trace);
    }

    [Fact]
    public async Task Middleware_DecidesHowTheAttemptEnds()
    {
        await using var bench = new Bench(grid: grid => grid.AddMiddleware<Gatekeeper>());
        var lease = bench.NewLease();
        await bench.Runner.RunAsync(lease);
        Assert.Equal((JobState.Scheduled, 0), (bench.JobOf(lease).State, bench.Script.Started.Value));
    }

    private sealed class Outer(List<string> trace) : IJobMiddleware
    {
        public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next)
        {
            trace.Add("outer in");
            context.Items["key"] = "left by outer";
            var result = await next(context);
            trace.Add("outer out");
            return result;
        }
    }

    private sealed class Inner(List<string> trace) : IJobMiddleware
    {
        public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next)
        {
            trace.Add("inner in");
            var result = await next(context);
            trace.Add("inner out");
            return result;
        }
    }

    private sealed class Gatekeeper : IJobMiddleware
    {
        public Task<JobResult> InvokeAsync(JobContext context, JobDelegate next) => Task.FromResult(JobResult.Snooze(TimeSpan.FromHours(1)));
    }
}
