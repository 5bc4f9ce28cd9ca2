using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// The lives of a class's dispatcher. While two are active at once, as after the directory lost one, the limits of the cluster are not
/// promised: neither knows what the other grants.
/// </summary>
internal sealed class LifeWatch
{
    private readonly Dictionary<long, string> _active = [];
    private DateTimeOffset _crowdedUntil = DateTimeOffset.MinValue;

    public void See(HistoryEvent happened)
    {
        if (happened is SiloEvent { Change: SiloChange.Crashed or SiloChange.EndedItself or SiloChange.Left } gone)
        {
            foreach (var (epoch, _) in _active.Where(entry => entry.Value == gone.Actor).ToList())
            {
                _active.Remove(epoch);
            }
        }
        else if (happened is DispatcherLife { Begins: true } begins)
        {
            _active[begins.Epoch] = begins.Actor;
        }
        else if (happened is DispatcherLife ends)
        {
            _active.Remove(ends.Epoch);
        }

        if (_active.Count > 1)
        {
            _crowdedUntil = happened.At + Engine.Times.LeaseTimeout;
        }
    }

    /// <summary>Whether one life alone granted, and none beside it did for a lease's time before.</summary>
    public bool WasAlone(DateTimeOffset at) => at > _crowdedUntil;
}
