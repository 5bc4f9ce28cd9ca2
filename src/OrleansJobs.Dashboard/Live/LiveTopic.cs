using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Live;

/// <summary>
/// One reader for all who follow the same thing. It reads at most once in <see cref="LiveLimits.Period"/>, as long as somebody listens,
/// and makes one event of what has changed, whatever the number of listeners.
/// </summary>
internal sealed partial class LiveTopic(LiveSource source, TimeProvider time, ILogger log) : IDisposable
{
    private const string TroubleEvent = "trouble";

    private readonly CancellationTokenSource _stop = new();
    private volatile LiveFrame? _newest;
    private volatile LiveListener[] _listeners = [];
    private byte[] _last = [];

    /// <summary>The last event; null until something was read.</summary>
    public LiveFrame? Newest => _newest;

    public string Key => source.Key;

    /// <summary>Begins to read with the first listener. Called by the hub, one call at a time.</summary>
    public void Join(LiveListener listener)
    {
        _listeners = [.. _listeners, listener];
        if (_listeners.Length == 1)
        {
            _ = RunAsync(_stop.Token);
        }
        else
        {
            listener.Poke();
        }
    }

    /// <summary>Takes a listener off. Called by the hub, one call at a time.</summary>
    /// <returns>Whether nobody is left; then the topic is to be disposed of.</returns>
    public bool Leave(LiveListener listener)
    {
        _listeners = [.. _listeners.Where(other => other != listener)];
        return _listeners.Length == 0;
    }

    /// <summary>Ends reading, for good.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        // The caller holds the hub's lock: nothing is read inside it.
        await Task.Yield();
        var pause = LiveLimits.Period;
        try
        {
            while (true)
            {
                var isFine = await ReadAsync(stop);
                pause = isFine ? LiveLimits.Period : Shorter(pause * 2, LiveLimits.MaxTroublePeriod);
                await Task.Delay(pause, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
    }

    private async Task<bool> ReadAsync(CancellationToken stop)
    {
        try
        {
            var value = await source.Read(stop);
            Publish(source.Event, value, () => source.Dress(value));
            return true;
        }
        catch (Exception error) when (!stop.IsCancellationRequested)
        {
            if (error is not JobsException)
            {
                ReadFailed(source.Key, error);
            }

            var problem = ApiErrors.Describe(error);
            Publish(TroubleEvent, problem, () => problem);
            return false;
        }
    }

    private void Publish(string name, object value, Func<object> dressed)
    {
        var json = LiveFrame.Json(value);
        if (json.AsSpan().SequenceEqual(_last))
        {
            return;
        }

        _last = json;
        _newest = LiveFrame.Of(name, dressed());
        foreach (var listener in _listeners)
        {
            listener.Poke();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(Level = LogLevel.Error, Message = "Reading '{Topic}' for pages failed.")]
    private partial void ReadFailed(string topic, Exception error);
}
