using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Threads;

/// <summary>
/// Keeps handlers that block their threads from starving all else in the process, the renewal of their own leases first. From a thread of its own
/// it asks the pool for a thread now and then, while jobs run. When none comes it says so, once until no job runs any more, and has the pool make
/// as many more at once as there are jobs; the pool by itself makes one or two in a second. When no job runs any more the pool is as it was.
/// </summary>
internal sealed partial class ThreadWatch(RunningJobs running, IPoolThreads pool, ILogger<ThreadWatch> logger) : IHostedService, IDisposable
{
    /// <summary>The pool starves when a call waits longer for a thread; the shortest lease that may be configured lasts 1 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Threads that are added at least.</summary>
    public const int MinStep = 8;

    /// <summary>More threads it never asks for.</summary>
    public const int MaxThreads = 4_096;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ManualResetEventSlim _stop = new();
    private readonly ILogger _logger = logger.Contained();
    private Thread? _thread;
    private int? _before;
    private bool _isTold;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _thread = new Thread(Watch) { IsBackground = true, Name = "jobs-thread-watch" };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stop.Set();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        Restore();
        _stop.Dispose();
    }

    /// <summary>Looks once.</summary>
    internal void Look()
    {
        if (running.Count == 0)
        {
            Restore();
            _isTold = false;
        }
        else if (!pool.Answers(Patience))
        {
            Grow();
        }
    }

    private void Watch()
    {
        while (!_stop.Wait(Period))
        {
            ForeignCode.Run(this, static watch => watch.Look());
        }
    }

    private void Grow()
    {
        var threads = Math.Min(MaxThreads, pool.Count + Math.Max(MinStep, running.Count));
        _before ??= pool.Minimum;
        if (!_isTold)
        {
            LogStarved(_logger, Patience.TotalMilliseconds, running.Count, pool.Waiting, threads);
        }

        _isTold = true;
        pool.Minimum = Math.Max(pool.Minimum, threads);
    }

    private void Restore()
    {
        if (_before is { } before)
        {
            pool.Minimum = before;
            _before = null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No thread was free in this process for {Milliseconds} ms: {Running} jobs run and {Waiting} calls wait. Handlers that block their thread "
            + "instead of awaiting do that. The pool may have {Threads} threads at once until they have ended.")]
    private static partial void LogStarved(ILogger logger, double milliseconds, int running, long waiting, int threads);
}
