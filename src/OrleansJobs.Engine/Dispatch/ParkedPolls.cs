using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>The polls of the silos: one each; a later one replaces the one before.</summary>
internal sealed class ParkedPolls(TimeProvider time)
{
    private readonly Dictionary<string, Poll> _polls = new(StringComparer.Ordinal);

    /// <summary>Parks a poll of the silo; the one before is answered with nothing.</summary>
    public Poll Park(string silo, ExchangeReply nothing)
    {
        Answer(silo, nothing);
        return _polls[silo] = new Poll(time);
    }

    /// <summary>Answers the silo's poll, if it has one.</summary>
    public void Answer(string silo, ExchangeReply reply)
    {
        if (_polls.Remove(silo, out var poll))
        {
            poll.Answer(reply);
        }
    }

    /// <summary>Takes the poll away; false if it is not parked any more, so that its answer is on its way.</summary>
    public bool Take(string silo, Poll poll) =>
        _polls.TryGetValue(silo, out var parked) && parked == poll && _polls.Remove(silo);

    /// <summary>Answers all polls with nothing, so that the silos ask again.</summary>
    public void ReleaseAll(ExchangeReply nothing)
    {
        foreach (var poll in _polls.Values)
        {
            poll.Answer(nothing);
        }

        _polls.Clear();
    }
}
