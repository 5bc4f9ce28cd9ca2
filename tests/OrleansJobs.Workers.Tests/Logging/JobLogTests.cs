using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Logging;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Tests.Logging;

#pragma warning disable CA1848, CA2254, CA2017 // What a handler may write, not what one should.
public sealed class JobLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly InMemoryJobLog _log = new();
    private readonly HostLog _host = new();

    [Fact]
    public async Task Line_OfAHandler_IsKeptWithItsJobAndGoesToTheHost()
    {
        await using var bench = Make();
        var (at, lease) = (bench.Time.GetUtcNow(), bench.NewLease(with: job => job with { Attempt = 1, LeaseToken = 4 }));

        await RunAsync(bench, lease, logger =>
        {
            logger.LogInformation("Sends {Number} mails.", 3);
            logger.LogError(new InvalidOperationException("Boom."), "It fails.");
        });

        Assert.Equal([LoggedLine.SequenceOf(5, 0), LoggedLine.SequenceOf(5, 1)], _log.Lines.Select(line => line.Line.Sequence));
        Assert.All(_log.Lines, line => Assert.Equal((lease.Job.Id, 2, at), (line.JobId, line.Line.Attempt, line.Line.At)));
        Assert.Equal(("Sends 3 mails.", LogLevel.Information), (_log.Lines[0].Line.Text, _log.Lines[0].Line.Level));
        Assert.StartsWith($"It fails.{Environment.NewLine}System.InvalidOperationException: Boom.", _log.Lines[1].Line.Text);
        Assert.Equal(["Sends 3 mails.", "It fails."], _host.Lines);
    }

    [Theory]
    [InlineData(LogLevel.Information, 2)]
    [InlineData(LogLevel.Error, 1)]
    public async Task Line_BelowTheLevel_GoesToTheHostAlone(LogLevel level, int kept)
    {
        await using var bench = Make(options => options with { JobLogLevel = level });

        await RunAsync(bench, bench.NewLease(), logger =>
        {
            logger.LogDebug("debug");
            logger.LogInformation("information");
            logger.LogError("error");
        });

        Assert.Equal(kept, _log.Lines.Count);
        Assert.Equal(3, _host.Lines.Count);
    }

    [Fact]
    public async Task Line_ThatTheHostDoesNotTake_IsKeptAllTheSame()
    {
        _host.From = LogLevel.Error;
        await using var bench = Make();

        await RunAsync(bench, bench.NewLease(), logger =>
        {
            Assert.True(logger.IsEnabled(LogLevel.Information));
            Assert.False(logger.IsEnabled(LogLevel.Debug));
            logger.LogInformation("kept");
        });

        Assert.Equal("kept", Assert.Single(_log.Lines).Line.Text);
    }

    [Fact]
    public async Task None_KeepsNothing()
    {
        var bench = Make(options => options with { JobLogLevel = LogLevel.None });

        await bench.RunAsync(bench.NewLease(), (_, context) =>
        {
            context.Logger.LogCritical("gone");
            return Task.FromResult(JobResult.Done);
        });
        await bench.DisposeAsync();

        Assert.Equal(0, _log.Calls);
        Assert.Equal(["gone"], _host.Lines);
    }

    [Fact]
    public async Task Lines_BeyondTheLimit_AreCounted()
    {
        await using var bench = Make();

        await RunAsync(bench, bench.NewLease(), logger =>
        {
            for (var line = 0; line < InsightLimits.MaxLogLinesPerAttempt + 7; line++)
            {
                logger.LogInformation("line");
            }
        });

        Assert.Equal(InsightLimits.MaxLogLinesPerAttempt + 1, _log.Lines.Count);
        Assert.StartsWith("7 more lines were left out", _log.Lines[^1].Line.Text);
        Assert.Equal(_log.Lines.Count, _log.Lines.Select(line => line.Line.Sequence).Distinct().Count());
    }

    [Fact]
    public async Task Line_ThatIsLongOrCannotBeMade_IsCutOrSaysSo()
    {
        await using var bench = Make();

        await RunAsync(bench, bench.NewLease(), logger =>
        {
            logger.LogInformation(new string('x', InsightLimits.MaxLogLineLength + 1));
            Assert.Throws<FormatException>(() => logger.Log(LogLevel.Error, default, 0, null, (_, _) => throw new FormatException()));
        });

        Assert.Equal(InsightLimits.MaxLogLineLength, _log.Lines[0].Line.Text.Length);
        Assert.EndsWith("…", _log.Lines[0].Line.Text);
        Assert.Contains("System.FormatException", _log.Lines[1].Line.Text);
    }

    [Fact]
    public async Task Lines_OfARunningAttempt_AreStoredEveryPeriod()
    {
        await using var bench = Make();
        var release = new TaskCompletionSource();
        var running = bench.RunAsync(bench.NewLease(), async (_, context) =>
        {
            context.Logger.LogInformation("begun");
            await release.Task;
            return JobResult.Done;
        });

        await AdvanceUntilAsync(bench, _log.WhenWrittenAsync());

        Assert.Equal("begun", Assert.Single(_log.Lines).Line.Text);
        release.SetResult();
        await running;
    }

    [Fact]
    public async Task Store_ThatIsAway_HoldsUpNoAttemptAndGetsTheLinesLater()
    {
        await using var bench = Make();
        _log.OnWrite = () => throw new GridUnavailableException("Away.");

        for (var n = 0; n < 3; n++)
        {
            await bench.RunAsync(bench.NewLease(), Says($"{n}")).WaitAsync(Patience);
        }

        _log.OnWrite = () => Task.CompletedTask;
        await AdvanceUntilAsync(bench, WhenThereAsync(3));
        Assert.Equal(["0", "1", "2"], _log.Lines.Select(line => line.Line.Text));
    }

    [Fact]
    public async Task Store_ThatRefusesLines_GetsTheNextOnes()
    {
        await using var bench = Make();
        _log.OnWrite = () => _log.Calls == 1 ? throw new InvalidRequestException("No.") : Task.CompletedTask;
        await bench.RunAsync(bench.NewLease(), Says("refused"));
        await AdvanceUntilAsync(bench, WhenCalledAsync());

        await bench.RunAsync(bench.NewLease(), Says("taken"));

        await AdvanceUntilAsync(bench, _log.WhenWrittenAsync());
        Assert.Equal(["taken"], _log.Lines.Select(line => line.Line.Text));
    }

    [Fact]
    public async Task End_WritesWhatIsLeft()
    {
        var bench = Make();
        await bench.RunAsync(bench.NewLease(), Says("last"));

        await AdvanceUntilAsync(bench, bench.DisposeAsync().AsTask());

        Assert.Equal("last", Assert.Single(_log.Lines).Line.Text);
    }

    private Bench Make(Func<WorkerOptions, WorkerOptions>? configure = null) => new(grid: jobs =>
    {
        jobs.Services.AddSingleton<IJobLogPort>(_log);
        jobs.Services.AddSingleton<ILoggerFactory>(_host);
        jobs.ConfigureWorkers(configure ?? (options => options));
    });

    private async Task RunAsync(Bench bench, Core.Dispatch.JobLease lease, Action<ILogger> log)
    {
        await bench.RunAsync(lease, (_, context) =>
        {
            log(context.Logger);
            return Task.FromResult(JobResult.Done);
        });
        await AdvanceUntilAsync(bench, _log.WhenWrittenAsync());
    }

    private static Func<Work, JobContext, Task<JobResult>> Says(string text) => (_, context) =>
    {
        context.Logger.LogInformation(text);
        return Task.FromResult(JobResult.Done);
    };

    private async Task WhenThereAsync(int lines)
    {
        while (_log.Lines.Count < lines)
        {
            await _log.WhenWrittenAsync();
        }
    }

    private async Task WhenCalledAsync()
    {
        while (_log.Calls == 0)
        {
            await Task.Yield();
        }
    }

    private static async Task AdvanceUntilAsync(Bench bench, Task task)
    {
        while (!task.IsCompleted)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await task;
    }

    private sealed class HostLog : ILoggerFactory, ILogger
    {

        public LogLevel From { get; set; } = LogLevel.Trace;

        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => categoryName.Contains("Handler", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= From;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
