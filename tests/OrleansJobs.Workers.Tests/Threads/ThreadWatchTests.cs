using Microsoft.Extensions.Logging;
using OrleansJobs.TestKit.Foreign;
using OrleansJobs.Workers.Threads;

namespace OrleansJobs.Workers.Tests.Threads;

/// <summary>A thread pool that has no thread left while jobs run is noticed from outside of it, said, and has more at once.</summary>
public sealed class ThreadWatchTests : IAsyncLifetime, IDisposable
{
    private readonly HostileLog _log = new(LogFault.None);
    private readonly ILoggerFactory _loggers;
    private readonly Pool _pool = new();
    private readonly Bench _bench = new();
    private readonly ThreadWatch _watch;

    public ThreadWatchTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _watch = new ThreadWatch(_bench.Running, _pool, _loggers.CreateLogger<ThreadWatch>());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    public void Dispose()
    {
        _watch.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public void Starved_GrowsByTheJobsThatRun_AndSaysSoOnce()
    {
        Run(100);
        _watch.Look();
        _watch.Look();
        Assert.InRange(_pool.Minimum, 102, ThreadWatch.MaxThreads);
        Assert.Single(Lines());
    }

    [Fact]
    public void Starved_AgainAndAgainWhileJobsRun_IsSaidOnce_AndAnewAfterAPause()
    {
        var attempts = Run(100);
        foreach (var hasThread in (bool[])[false, true, false, true, false])
        {
            _pool.HasThread = hasThread;
            _watch.Look();
        }

        Assert.Single(Lines());
        attempts.ForEach(_bench.Running.Remove);
        _watch.Look();
        Run(1);
        _watch.Look();
        Assert.Equal(2, Lines().Count);
    }

    [Fact]
    public void Starved_ByMoreJobsThanThreadsMayBe_HasABound()
    {
        Run(2 * ThreadWatch.MaxThreads);
        _watch.Look();
        Assert.Equal(ThreadWatch.MaxThreads, _pool.Minimum);
    }

    [Fact]
    public void Answering_ChangesNothing()
    {
        _pool.HasThread = true;
        Run(100);
        _watch.Look();
        Assert.Equal((2, 0), (_pool.Minimum, Lines().Count));
    }

    [Fact]
    public void Idle_IsNotAsked_AndIsAsItWasBefore()
    {
        var attempts = Run(100);
        _watch.Look();
        attempts.ForEach(_bench.Running.Remove);
        var asked = _pool.Asked;
        _watch.Look();
        Assert.Equal((2, asked), (_pool.Minimum, _pool.Asked));
    }

    private List<Workers.Execution.RunningAttempt> Run(int jobs) => [.. Enumerable.Range(0, jobs).Select(_ => _bench.Running.Register(_bench.NewLease()))];

    private List<string> Lines() => [.. _log.Lines.Where(line => line.Contains("No thread was free", StringComparison.Ordinal))];

    private sealed class Pool : IPoolThreads
    {
        public int Count => 2;

        public long Waiting => 98;

        public int Minimum { get; set; } = 2;

        public bool HasThread { get; set; }

        public int Asked { get; private set; }

        public bool Answers(TimeSpan within)
        {
            Asked++;
            return HasThread;
        }
    }
}
