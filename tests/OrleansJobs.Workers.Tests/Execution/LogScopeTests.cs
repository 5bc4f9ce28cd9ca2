using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Workers.Tests.Execution;

/// <summary>Whatever is logged about a job says which job, class, attempt and silo it is about, outside its handler too.</summary>
public sealed class LogScopeTests
{
    private readonly ScopeLog _log = new();

    [Fact]
    public async Task HandlersLine_HasAllFour()
    {
        await using var bench = NewBench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, context) =>
        {
            context.Logger.Log(LogLevel.Information, default, "of the handler", null, (text, _) => text);
            return Task.FromResult(JobResult.Done);
        });

        RequireScope(_log.Line("of the handler"), lease.Job.Id, attempt: 1);
    }

    [Fact]
    public async Task FailedAttempt_HasAllFour()
    {
        await using var bench = NewBench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) => throw new IOException("broken"));

        RequireScope(_log.Line("failed"), lease.Job.Id, attempt: 1);
    }

    [Fact]
    public async Task RefusedAck_HasAllFour()
    {
        await using var bench = NewBench();
        var lease = bench.NewLease();
        await bench.RunAsync(lease, (_, _) =>
        {
            bench.Jobs.Apply(lease.Job.Id, new Expire(Bench.Silo));
            return Task.FromResult(JobResult.Done);
        });

        RequireScope(_log.Line("was refused"), lease.Job.Id, attempt: 1);
    }

    [Fact]
    public async Task StartWithoutAnswer_HasWhatIsKnownByThen()
    {
        await using var bench = NewBench();
        var lease = bench.NewLease();
        bench.Jobs.Start.FailNext(CallFault.BeforeEffect);
        var run = bench.Runner.RunAsync(lease);
        await bench.Time.WhenTimersAsync(1);
        bench.Time.Advance(GrowingPause.First);
        await run;

        RequireScope(_log.Line("has no answer"), lease.Job.Id, attempt: null);
    }

    [Fact]
    public async Task LeaseThatTheDispatcherTakesBack_HasAllFour()
    {
        await using var bench = NewBench();
        await bench.StartAgentAsync();
        bench.Script.RunUntilStopped();
        var lease = bench.NewLease();
        bench.Dispatcher.Grant(lease);
        await bench.Script.Started.WhenAsync(1);
        bench.Dispatcher.Lose(lease.Id);

        RequireScope(await _log.LineAsync("is lost"), lease.Job.Id, attempt: 1);
    }

    private Bench NewBench() => new(grid: jobs => jobs.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log)));

    private static void RequireScope(Dictionary<string, object?> scope, JobId id, int? attempt)
    {
        Assert.Equal((id, Bench.JobClassName, Bench.Silo), (scope["JobId"], scope["JobClass"], scope["Silo"]));
        Assert.Equal(attempt, scope.GetValueOrDefault("Attempt"));
    }

    /// <summary>Keeps each line with what its scopes say, the innermost last.</summary>
    private sealed class ScopeLog : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private readonly Lock _gate = new();
        private readonly List<(string Text, Dictionary<string, object?> Scope)> _lines = [];
        private readonly TestKit.Counter _count = new();
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public Dictionary<string, object?> Line(string part)
        {
            lock (_gate)
            {
                return Assert.Single(_lines, line => line.Text.Contains(part, StringComparison.Ordinal)).Scope;
            }
        }

        public async Task<Dictionary<string, object?>> LineAsync(string part)
        {
            for (var lines = 1; ; lines++)
            {
                lock (_gate)
                {
                    if (_lines.Exists(line => line.Text.Contains(part, StringComparison.Ordinal)))
                    {
                        break;
                    }
                }

                await _count.WhenAsync(lines);
            }

            return Line(part);
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scope = new Dictionary<string, object?>(StringComparer.Ordinal);
            _scopes.ForEachScope(
                static (values, scope) =>
                {
                    foreach (var (key, value) in values as IEnumerable<KeyValuePair<string, object?>> ?? [])
                    {
                        scope[key] = value;
                    }
                },
                scope);
            lock (_gate)
            {
                _lines.Add((formatter(state, exception), scope));
            }

            _count.Increment();
        }

        public void Dispose()
        {
        }
    }
}
