using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>Which silos are up, as the history goes.</summary>
internal sealed class SiloWatch
{
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _frozen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _frozenAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _thawedAt = new(StringComparer.Ordinal);

    public HashSet<string> Cut { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Up { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a silo is up that can do anything.</summary>
    public bool HasAwake => Up.Any(silo => !_frozen.Contains(silo));

    public void See(HistoryEvent happened)
    {
        if (happened is not SiloEvent { Actor: var silo, Change: var change })
        {
            return;
        }

        switch (change)
        {
            case SiloChange.Started:
                Up.Add(silo);
                break;
            case SiloChange.Crashed or SiloChange.DeclaredDead or SiloChange.EndedItself or SiloChange.Left:
                _gone.Add(silo);
                Up.Remove(silo);
                break;
            case SiloChange.Drains:
                Up.Remove(silo);
                break;
            case SiloChange.Froze:
                _frozen.Add(silo);
                _frozenAt[silo] = happened.At;
                break;
            case SiloChange.Thawed:
                _frozen.Remove(silo);
                _thawedAt[silo] = happened.At;
                break;
            case SiloChange.CutOff:
                Cut.Add(silo);
                break;
            case SiloChange.Reconnected:
                Cut.Remove(silo);
                break;
        }
    }

    public bool IsFrozen(string silo) => _frozen.Contains(silo) && !_gone.Contains(silo);

    public bool IsGone(string silo) => _gone.Contains(silo);

    /// <summary>How long the silo was frozen, if it thaws at this very moment: nobody can have told it anything since.</summary>
    public TimeSpan FrozenUntil(string silo, DateTimeOffset at) =>
        _thawedAt.TryGetValue(silo, out var thawedAt) && thawedAt == at ? at - _frozenAt[silo] : TimeSpan.Zero;

    /// <summary>Whether nobody can hold the silo to anything: it is dead, at least to the cluster, or was frozen since.</summary>
    public bool IsExcused(string silo, DateTimeOffset since) =>
        _gone.Contains(silo) || _frozen.Contains(silo) || (_thawedAt.TryGetValue(silo, out var at) && at >= since);
}
