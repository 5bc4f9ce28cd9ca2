using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Sqlite;

/// <summary>
/// Notices commits of other processes without asking the database again and again: the operating system tells when the write-ahead log
/// was written, then the writer compares the file's data version, which other connections alone can have raised. A busy writer compares it
/// before each group anyway, so while it is busy the system is not asked to tell: it would tell of every page the writer itself writes. A system
/// that cannot tell, because it has no watch left, is asked again once a second, and the file is looked at as often.
/// </summary>
internal sealed class SqliteForeignInserts : IDisposable
{
    /// <summary>
    /// When to look again after a notice: the log is written before its commit shows, and in between the other process waits for its disk.
    /// </summary>
    private static readonly TimeSpan[] LookDelays =
    [
        TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(5),
    ];

    /// <summary>How often the file is looked at while the system does not tell.</summary>
    private static readonly TimeSpan DeafPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The writer is busy while its groups come closer than this.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _quietTimer;
    private readonly HashSet<Channel<string>> _watchers = [];
    private readonly ISqliteFileSignal _files;
    private readonly ILogger _logger;
    private readonly string _path;
    private readonly ITimer _timer;
    private Action _look = () => { };
    private long? _dataVersion;
    private int _lookIsDue;
    private int _looks;
    private long _lastGroupAt;
    private bool _isStarted;
    private bool _isDeaf;
    private volatile bool _isListening;

    public SqliteForeignInserts(string path, TimeProvider timeProvider, ILogger logger)
        : this(path, timeProvider, logger, static (path, written, failed) => new SqliteFileSignal(path, written, failed))
    {
    }

    internal SqliteForeignInserts(
        string path, TimeProvider timeProvider, ILogger logger, Func<string, Action, Action<Exception>, ISqliteFileSignal> signal)
    {
        (_path, _timeProvider, _logger) = (path, timeProvider, logger);
        _lastGroupAt = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateOwnedTimer("The look at the job store's file", LookAgain, logger);
        _quietTimer = timeProvider.CreateOwnedTimer("The watch on the job store's file", ListenIfQuiet, logger);
        _files = signal(path, OnNotice, Deafened);
    }

    /// <summary>Starts watching.</summary>
    /// <param name="look">Makes the writer call <see cref="Look"/> soon.</param>
    public void Start(Action look)
    {
        lock (_lock)
        {
            _look = look;
            _isStarted = true;
            Listen(true);
        }
    }

    /// <summary>The writer is about to write a group of its own, for which it has looked.</summary>
    public void OwnGroup()
    {
        var now = _timeProvider.GetTimestamp();
        var isBusy = _timeProvider.GetElapsedTime(_lastGroupAt, now) < Quiet;
        Volatile.Write(ref _lastGroupAt, now);
        if (isBusy && _isListening)
        {
            lock (_lock)
            {
                Listen(false);
            }
        }
    }

    /// <summary>Compares the file's data version; called by the writer, the only one who can tell its own commits from others.</summary>
    public void Look(Func<long> readDataVersion)
    {
        // Before the reading: what is written from now on asks for another look.
        Interlocked.Exchange(ref _lookIsDue, 0);
        var known = _dataVersion;
        var dataVersion = readDataVersion();
        _dataVersion = dataVersion;
        if (known is null || known == dataVersion)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite("");
            }
        }
    }

    /// <summary>
    /// An empty string when watching begins, for others may have written before, and for each time that others have written since;
    /// several in short order may be one.
    /// </summary>
    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        watcher.Writer.TryWrite("");
        lock (_lock)
        {
            _watchers.Add(watcher);
        }

        try
        {
            while (await WaitAsync(watcher.Reader, cancellationToken))
            {
                while (watcher.Reader.TryRead(out var jobClass))
                {
                    yield return jobClass;
                }
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _quietTimer.Dispose();
        lock (_lock)
        {
            _isStarted = false;
            _files.Dispose();
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryComplete();
            }
        }
    }

    private static async Task<bool> WaitAsync(ChannelReader<string> reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Listen(bool listen)
    {
        if (_isStarted)
        {
            _isListening = TryListen(listen) && listen;
            _quietTimer.Change(!listen ? Quiet : _isListening ? Timeout.InfiniteTimeSpan : DeafPeriod, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryListen(bool listen)
    {
        try
        {
            _files.Listen(listen);
            _isDeaf &= !listen;
            return true;
        }
        catch (Exception exception)
        {
            NoteDeaf(exception);
            return false;
        }
    }

    private void NoteDeaf(Exception exception)
    {
        if (!_isDeaf)
        {
            _isDeaf = true;
            _logger.Deaf(_path, exception.Message);
        }
    }

    /// <summary>Watches ran out while it listened, or notices were lost.</summary>
    private void Deafened(Exception exception)
    {
        lock (_lock)
        {
            if (_isStarted)
            {
                TryListen(false);
                NoteDeaf(exception);
                _isListening = false;
                _quietTimer.Change(DeafPeriod, Timeout.InfiniteTimeSpan);
            }
        }

        RequestLook();
    }

    private void ListenIfQuiet()
    {
        var idle = _timeProvider.GetElapsedTime(Volatile.Read(ref _lastGroupAt));
        lock (_lock)
        {
            if (!_isStarted)
            {
                return;
            }

            if (idle < Quiet)
            {
                _quietTimer.Change(Quiet - idle, Timeout.InfiniteTimeSpan);
                return;
            }

            Listen(true);
        }

        // What came between the last look and this moment was not told.
        if (_isListening)
        {
            OnNotice();
        }
        else
        {
            RequestLook();
        }
    }

    private void OnNotice()
    {
        Volatile.Write(ref _looks, 0);
        LookAgain();
    }

    private void LookAgain()
    {
        RequestLook();
        var look = Interlocked.Increment(ref _looks) - 1;
        if (look < LookDelays.Length)
        {
            _timer.Change(LookDelays[look], Timeout.InfiniteTimeSpan);
        }
    }

    private void RequestLook()
    {
        if (Interlocked.Exchange(ref _lookIsDue, 1) == 0)
        {
            _look();
        }
    }
}
