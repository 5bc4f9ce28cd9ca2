using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Agents;

/// <summary>
/// The talk of one class's pool on this silo with the class's dispatcher. What there is to say is said at once, and what comes up meanwhile
/// in the next exchange; with nothing to say, one exchange waits at the dispatcher for leases.
/// </summary>
internal sealed partial class ClassAgent : IDisposable
{
    /// <summary>Waiting exchanges under way at once: more than one only while those that a later exchange replaced are on their way back.</summary>
    private const int MaxParked = 4;

    /// <summary>
    /// A waiting exchange that comes back sooner than this and brings nothing is repeated after a pause. Dispatchers keep it no shorter on
    /// purpose, also while silos join and leave.
    /// </summary>
    private static readonly TimeSpan ShortestPark = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly AgentSignal _signal = new();
    private readonly Outbox _outbox = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _jobClass;
    private readonly string _what;
    private readonly AgentParts _parts;
    private readonly ClassPool _pool;
    private readonly DispatcherContact _contact;
    private readonly ILogger _logger;
    private Task _loop = Task.CompletedTask;
    private TaskCompletionSource? _delivered;
    private object? _parked;
    private int _parkedCount;
    private long _settingsRevision = -1;
    private bool _talking;

    public ClassAgent(RegisteredClass jobClass, AgentParts parts)
    {
        (_jobClass, _what, _parts) = (jobClass.Name, $"The agent of '{jobClass.Name}'", parts);
        _logger = parts.Loggers.CreateLogger<ClassAgent>();
        _contact = new DispatcherContact(_jobClass, parts.Pace, _logger);
        _pool = new ClassPool(jobClass, parts, Ended, RenewalDue);
    }

    /// <summary>Its pool as it stands.</summary>
    public SiloPool Pool => _pool.Status;

    private bool Draining => _delivered is not null;

    public void Start()
    {
        WorkerTelemetry.Begin(_jobClass);
        _loop = Task.Run(() => Background.KeepAsync(_what, LoopAsync, _logger, _parts.Pace.Time, _stop.Token));
    }

    /// <summary>Takes no more leases and tells the dispatcher so.</summary>
    /// <returns>Completes when no lease is worked on any more.</returns>
    public Task DrainAsync()
    {
        var drained = _pool.DrainAsync();
        lock (_gate)
        {
            _delivered ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _signal.Set();
        return drained;
    }

    /// <summary>When draining: completes when the dispatcher knows of every ended lease.</summary>
    public async Task WhenDeliveredAsync()
    {
        await _pool.DrainAsync();
        lock (_gate)
        {
            CheckDelivered();
        }

        await _delivered!.Task;
    }

    /// <summary>Ends the talk.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        _signal.Set();
        await _loop;
    }

    public void Dispose()
    {
        _pool.Dispose();
        _stop.Dispose();
    }

    private void Ended(LeaseCompletion completion)
    {
        lock (_gate)
        {
            _outbox.Add(completion);
        }

        _signal.Set();
    }

    private void RenewalDue()
    {
        lock (_gate)
        {
            _outbox.WantHeld();
        }

        _signal.Set();
    }

    private async Task LoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            // Leases that are about to end do so first: one exchange then tells of many.
            await Task.Yield();
            if (TakeNews() is { } request)
            {
                await TalkAsync(request);
            }
            else
            {
                Park();
                await _signal.WaitAsync();
            }

            await _contact.PauseAsync(_stop.Token);
        }
    }

    private ExchangeRequest? TakeNews()
    {
        var permits = _pool.PermitsToTell;
        lock (_gate)
        {
            if (!_outbox.HasNews(permits, Draining))
            {
                return null;
            }

            // This exchange replaces the one that waits at the dispatcher, so that one's return will mean nothing.
            _parked = null;
            _talking = true;
            return _outbox.Take(_parts.Silo.Name, Draining, _pool.Report);
        }
    }

    private async Task TalkAsync(ExchangeRequest request)
    {
        var answered = false;
        try
        {
            answered = await ExchangeAsync(request, wait: false).WaitAsync(_parts.Options.ExchangeTimeout, _parts.Pace.Time) is not null;
        }
        catch (TimeoutException exception)
        {
            _contact.Failed(exception);
        }
        finally
        {
            Talked(request, answered);
        }
    }

    private void Talked(ExchangeRequest request, bool answered)
    {
        lock (_gate)
        {
            _talking = false;
            if (!answered)
            {
                _outbox.PutBack(request);
            }

            CheckDelivered();
        }

        _contact.Ended(answered, mustPause: !answered);
    }

    // Only the loop sends, one exchange after the other, so that none can overtake a later one that says that the silo drains.
    private void Park()
    {
        var parked = new object();
        ExchangeRequest request;
        lock (_gate)
        {
            if (_parked is not null || _parkedCount >= MaxParked || _stop.IsCancellationRequested)
            {
                return;
            }

            _parked = parked;
            _parkedCount++;
            request = _outbox.Empty(_parts.Silo.Name, Draining, _pool.Report(life: null));
        }

        ParkAsync(parked, request).Own(_what, _logger);
    }

    private async Task ParkAsync(object parked, ExchangeRequest request)
    {
        var sentAt = _parts.Pace.Time.GetTimestamp();
        var news = await ExchangeAsync(request, wait: true);
        bool current;
        lock (_gate)
        {
            _parkedCount--;
            current = _parked == parked;
            _parked = current ? null : _parked;
            if (news is null)
            {
                _outbox.WantHeld();
            }
        }

        if (current)
        {
            _contact.Ended(news is not null, mustPause: news is null || (news == false && _parts.Pace.Time.GetElapsedTime(sentAt) < ShortestPark));
        }

        _signal.Set();
    }

    private void CheckDelivered()
    {
        if (_delivered is not null && !_talking && !_outbox.HasNews(permits: 0, draining: true) && _pool.DrainAsync().IsCompleted)
        {
            _delivered.TrySetResult();
        }
    }
}
