using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Sqlite;
using OrleansJobs.Testing;

namespace OrleansJobs.Storage.Tests.Sqlite;

/// <summary>The system may have no watch left. Then it is asked again, and the file is looked at, once a second; no exception leaves a timer.</summary>
public sealed class SqliteForeignInsertsTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly WatchedTimeProvider _time = new();
    private readonly Signal _signal = new();
    private readonly SqliteForeignInserts _foreign;
    private int _looks;

    public SqliteForeignInsertsTests() => _foreign = new SqliteForeignInserts("jobs.db", _time, NullLogger.Instance, (_, _, failed) =>
    {
        _signal.Failed = failed;
        return _signal;
    });

    public void Dispose() => _foreign.Dispose();

    [Fact]
    public void Start_WithoutAWatch_LooksOnceASecond()
    {
        _signal.HasRunOut = true;
        _foreign.Start(Look);
        RequireLooks(10);
    }

    [Fact]
    public void QuietWriter_WithoutAWatchByNow_LooksOnceASecond()
    {
        _foreign.Start(Look);
        _signal.HasRunOut = true;
        _foreign.OwnGroup();
        RequireLooks(10);
    }

    [Fact]
    public void Watch_ThatFailsWhileItListens_IsTakenForNone()
    {
        _foreign.Start(Look);
        _signal.HasRunOut = true;
        _signal.Failed(new IOException("no space left"));
        RequireLooks(10);
    }

    [Fact]
    public void Watch_ThatCanBeHadAgain_EndsTheLooking()
    {
        _signal.HasRunOut = true;
        _foreign.Start(Look);
        RequireLooks(3);
        _signal.HasRunOut = false;
        while (_time.AdvanceToNextTimer())
        {
            // The looks that follow any notice.
        }

        Assert.True(_signal.IsListening);
        Assert.Equal(0, _time.ActiveTimers);
    }

    private void RequireLooks(int count)
    {
        var before = _looks;
        for (var second = 0; second <= count; second++)
        {
            _time.Advance(Period);
        }

        Assert.InRange(_looks - before, count, count + 2);
    }

    private void Look()
    {
        _looks++;
        _foreign.Look(() => 1);
    }

    private sealed class Signal : ISqliteFileSignal
    {
        public bool HasRunOut { get; set; }

        public bool IsListening { get; private set; }

        public Action<Exception> Failed { get; set; } = _ => { };

        public void Listen(bool listen)
        {
            if (listen && HasRunOut)
            {
                throw new IOException("The configured user limit (128) on the number of inotify instances has been reached.");
            }

            IsListening = listen;
        }

        public void Dispose() => IsListening = false;
    }
}
