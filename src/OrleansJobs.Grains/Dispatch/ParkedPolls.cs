using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Grains.Dispatch;

/// <summary>The polls of the silos: one each; a later one replaces the one before.</summary>
internal sealed class ParkedPolls
{
    private readonly Dictionary<string, Poll> _polls = new(StringComparer.Ordinal);

    /// <summary>Parks a poll of the silo and lets the one before go.</summary>
    public Poll Park(string silo)
    {
        if (_polls.Remove(silo, out var before))
        {
            before.Answer(null);
        }

        return _polls[silo] = new Poll();
    }

    /// <summary>Gives orders to the silo's poll.</summary>
    public void Answer(SiloOrders orders)
    {
        if (_polls.Remove(orders.Silo, out var poll))
        {
            poll.Answer(orders);
        }
    }

    /// <summary>Lets the poll go with nothing, if it has no orders yet.</summary>
    public void Release(string silo, Poll poll)
    {
        Forget(silo, poll);
        poll.Answer(null);
    }

    /// <summary>Takes a poll away that is not waiting any more.</summary>
    public void Forget(string silo, Poll poll)
    {
        if (_polls.TryGetValue(silo, out var parked) && parked == poll)
        {
            _polls.Remove(silo);
        }
    }

    /// <summary>Lets all polls go, so that the silos ask again.</summary>
    public void ReleaseAll()
    {
        foreach (var poll in _polls.Values)
        {
            poll.Answer(null);
        }

        _polls.Clear();
    }
}
