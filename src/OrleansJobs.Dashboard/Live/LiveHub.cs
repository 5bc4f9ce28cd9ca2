using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Live;

/// <summary>Brings pages and what they follow together: a topic lives as long as somebody listens to it.</summary>
internal sealed class LiveHub(TimeProvider time, ILogger<LiveTopic> log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LiveTopic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _callers = new(StringComparer.Ordinal);
    private int _listeners;

    /// <summary>How many topics are read at this moment.</summary>
    public int Topics
    {
        get
        {
            lock (_lock)
            {
                return _topics.Count;
            }
        }
    }

    /// <summary>Begins to listen; whoever does has to dispose of the listener.</summary>
    /// <param name="sources">What to follow.</param>
    /// <param name="caller">Who asks: one who opened all there are would leave none to the others.</param>
    /// <exception cref="HttpFault">
    /// There are <see cref="LiveLimits.MaxListeners"/> already, or <see cref="LiveLimits.MaxListenersPerCaller"/> of this caller.
    /// </exception>
    public LiveListener Listen(IReadOnlyList<LiveSource> sources, string caller)
    {
        lock (_lock)
        {
            var open = _callers.GetValueOrDefault(caller);
            if (open == LiveLimits.MaxListenersPerCaller)
            {
                throw HttpFault.TooManyStreams(LiveLimits.MaxListenersPerCaller);
            }

            if (_listeners == LiveLimits.MaxListeners)
            {
                throw HttpFault.TooManyListeners(LiveLimits.MaxListeners);
            }

            _listeners++;
            _callers[caller] = open + 1;
            var listener = new LiveListener(this, [.. sources.Select(TopicOf)], caller);
            foreach (var topic in listener.Topics)
            {
                topic.Join(listener);
            }

            return listener;
        }
    }

    /// <summary>Ends listening.</summary>
    public void Leave(LiveListener listener)
    {
        lock (_lock)
        {
            _listeners--;
            Forget(listener.Caller);
            foreach (var topic in listener.Topics.Where(topic => topic.Leave(listener)))
            {
                _topics.Remove(topic.Key);
                topic.Dispose();
            }
        }
    }

    private void Forget(string caller)
    {
        if (--_callers[caller] == 0)
        {
            _callers.Remove(caller);
        }
    }

    private LiveTopic TopicOf(LiveSource source)
    {
        if (!_topics.TryGetValue(source.Key, out var topic))
        {
            _topics.Add(source.Key, topic = new LiveTopic(source, time, log));
        }

        return topic;
    }
}
