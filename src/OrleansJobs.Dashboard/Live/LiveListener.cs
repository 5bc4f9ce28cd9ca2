using System.Threading.Channels;

namespace OrleansJobs.Dashboard.Live;

/// <summary>
/// A page that listens. It is only told that there is news, and takes the newest of each topic when it comes to it: whoever is slow skips
/// what came in between, and nothing is kept for them.
/// </summary>
internal sealed class LiveListener(LiveHub hub, IReadOnlyList<LiveTopic> topics, string caller) : IDisposable
{
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly LiveFrame?[] _seen = new LiveFrame?[topics.Count];

    public IReadOnlyList<LiveTopic> Topics => topics;

    /// <summary>Who listens.</summary>
    public string Caller => caller;

    /// <summary>Says that there is news.</summary>
    public void Poke() => _news.Writer.TryWrite(true);

    /// <summary>What has come since the last time.</summary>
    public IEnumerable<LiveFrame> Take()
    {
        for (var index = 0; index < topics.Count; index++)
        {
            if (topics[index].Newest is { } frame && frame != _seen[index])
            {
                _seen[index] = frame;
                yield return frame;
            }
        }
    }

    /// <summary>Waits for news, at most for so long.</summary>
    public async Task WaitAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            await _news.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }

    public void Dispose() => hub.Leave(this);
}
