using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.TestKit.Foreign;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Tests.Foreign;

/// <summary>Whatever foreign code throws: the slot is free again, the end of the lease is told, and the job ends as its handler said.</summary>
public sealed class ForeignCodeTests
{
    [Theory]
    [InlineData(LogFault.Line)]
    [InlineData(LogFault.Level)]
    [InlineData(LogFault.Scope)]
    [InlineData(LogFault.ScopeEnd)]
    public async Task Log_ThatThrows_CostsNoSlotAndNoEnd(LogFault fault)
    {
        await using var bench = NewBench(new HostileLog(fault));
        bench.Script.Body = (work, _) => work.Name == "good" ? Task.FromResult(JobResult.Done) : throw new IOException("broken");
        await bench.StartAgentAsync();
        var (good, bad) = (bench.NewLease("""{"name":"good"}"""), bench.NewLease(with: job => job with { MaxAttempts = 1 }));
        bench.Dispatcher.Grant(good, bad);

        await RequireAllFreeAsync(bench, ends: 2);
        Assert.Equal((JobState.Succeeded, JobState.DeadLettered), (bench.JobOf(good).State, bench.JobOf(bad).State));
        Assert.Equal(1, bench.JobOf(good).Attempt);
    }

    [Fact]
    public async Task Log_ThatThrowsWhenALeaseIsLost_CostsNoSlot()
    {
        await using var bench = NewBench(new HostileLog(LogFault.Line));
        var lease = await bench.StartAgentWithALeaseAsync();
        bench.Dispatcher.Lose(lease.Id);

        await bench.Script.Returned.WhenAsync(1);
        await bench.Dispatcher.WhenAsync(requests => requests[^1].Permits == 8);
        Assert.Equal(0, bench.Running.Count);
    }

    [Fact]
    public async Task Log_ThatHasRecovered_TellsThatItThrew()
    {
        var log = new HostileLog(LogFault.Line);
        await using var bench = NewBench(log);

        // The next log line of the process tells it, and that may be one of a test beside this one.
        for (var round = 0; round < 100 && !log.Lines.Any(IsOfTheLog); round++)
        {
            log.Recovered = false;
            await bench.RunAsync(bench.NewLease(), (_, _) => throw new IOException("broken"));
            log.Recovered = true;
            await bench.RunAsync(bench.NewLease(), (_, _) => throw new IOException("broken"));
        }

        Assert.Contains(log.Lines, IsOfTheLog);
        static bool IsOfTheLog(string line) => line.Contains("threw", StringComparison.Ordinal) && line.Contains(nameof(AggregateException), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ListenFault.Measure)]
    [InlineData(ListenFault.Sample)]
    [InlineData(ListenFault.SpanStart)]
    [InlineData(ListenFault.SpanEnd)]
    public async Task Listener_ThatThrows_CostsNoSlotAndNoEnd(ListenFault fault)
    {
        using var listener = new HostileListener(fault);
        await using var bench = NewBench(new HostileLog(LogFault.None));
        await bench.StartAgentAsync();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);

        await RequireAllFreeAsync(bench, ends: 1);
        Assert.Equal((JobState.Succeeded, 1), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
        Assert.True(listener.Thrown > 0);
    }

    [Fact]
    public async Task Middleware_ThatThrowsInItsOwnFinally_FailsTheAttemptAndCostsNoSlot()
    {
        await using var bench = NewBench(new HostileLog(LogFault.None), grid => grid.AddMiddleware<Careless>());
        await bench.StartAgentAsync();
        var lease = bench.NewLease(with: job => job with { MaxAttempts = 1 });
        bench.Dispatcher.Grant(lease);

        await RequireAllFreeAsync(bench, ends: 1);
        Assert.Equal(typeof(FormatException).FullName, bench.JobOf(lease).LastError!.Type);
    }

    [Fact]
    public async Task Service_ThatThrowsAsItIsDisposedOf_ChangesNothing()
    {
        var log = new HostileLog(LogFault.None);
        await using var bench = NewBench(log, grid => grid.Services.AddScoped<BrokenConnection>());
        await bench.StartAgentAsync();
        bench.Script.Body = (_, context) =>
        {
            context.Services.GetRequiredService<BrokenConnection>();
            return Task.FromResult(JobResult.Success(7));
        };
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);

        await RequireAllFreeAsync(bench, ends: 1);
        Assert.Equal((JobState.Succeeded, 1), (bench.JobOf(lease).State, bench.JobOf(lease).Attempt));
        Assert.Single(log.Lines, line => line.Contains("the connection is gone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, JobState.Queued)]
    [InlineData(true, JobState.Running)]
    public async Task Runner_ThatFails_GivesBackWhatHasNotStartedAndLeavesTheRestToExpire(bool hasStarted, JobState told)
    {
        var runner = new BrokenRunner();
        await using var bench = NewBench(new HostileLog(LogFault.Line), grid => grid.Services.AddSingleton<ISlotRunner>(runner));
        runner.Before = lease => bench.Running.Register(lease).LeaseToken = hasStarted ? 5 : null;
        await bench.StartAgentAsync();
        bench.Dispatcher.Grant(bench.NewLease());

        await bench.Dispatcher.WhenAsync(requests => bench.Agent.Pools[0].Running == 0 && bench.Running.Count == 0 && runner.Calls > 0
            && (hasStarted || requests.Any(request => request.Completions.Count > 0)));
        await bench.Dispatcher.WhenParkedAsync();
        Assert.All(bench.Dispatcher.Completions, completion => Assert.Equal(told, completion.State));
        Assert.Equal(hasStarted ? 0 : 1, bench.Dispatcher.Completions.Count);
    }

    private static Bench NewBench(HostileLog log, Action<JobGridBuilder>? grid = null) => new(grid: jobs =>
    {
        jobs.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
        grid?.Invoke(jobs);
    });

    private static async Task RequireAllFreeAsync(Bench bench, int ends)
    {
        await bench.Dispatcher.WhenCompletionsAsync(ends);
        await bench.Dispatcher.WhenParkedAsync();
        Assert.Equal((0, 0), (bench.Agent.Pools[0].Running, bench.Running.Count));
        Assert.Equal(ends, bench.Dispatcher.Completions.Count);
    }

    private sealed class Careless : IJobMiddleware
    {
        public async Task<JobResult> InvokeAsync(JobContext context, JobDelegate next)
        {
            try
            {
                return await next(context);
            }
            finally
            {
                Release();
            }
        }

        private static void Release() => throw new FormatException("of the middleware");
    }

    private sealed class BrokenConnection : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => throw new ObjectDisposedException("the connection is gone");
    }

    private sealed class BrokenRunner : ISlotRunner
    {
        public Action<JobLease> Before { get; set; } = _ => { };

        public int Calls { get; private set; }

        public Task<LeaseCompletion> RunAsync(JobLease lease)
        {
            Before(lease);
            Calls++;
            throw new InvalidOperationException("the pool is broken");
        }
    }
}
