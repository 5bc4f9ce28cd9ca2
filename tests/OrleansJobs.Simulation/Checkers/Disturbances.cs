using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// When the grid was left alone. Some promises are made for a grid that nobody disturbs; they are judged in the times between.
/// </summary>
internal sealed class Disturbances
{
    /// <summary>What a fault needs to wear off: calls that wait for nothing, and leases that nobody holds, run out.</summary>
    private static readonly TimeSpan OfFault = Times.LeaseTimeout + TimeSpan.FromSeconds(2);

    /// <summary>What a change of limits needs to reach everybody; and a beginning, where nothing is to be recovered.</summary>
    private static readonly TimeSpan OfChange = TimeSpan.FromSeconds(1);

    private readonly List<(DateTimeOffset At, DateTimeOffset WornOffAt)> _all = [(World.Beginning, World.Beginning + OfChange)];
    private readonly Run _run;

    /// <summary>Those that touch a class.</summary>
    public Disturbances(Run run, string jobClass)
    {
        _run = run;
        var hasDispatcher = false;
        foreach (var happened in run.History)
        {
            if ((happened is GateTurned { Closes: true } turn ? Closed(run, turn) : WearsOff(happened, jobClass, hasDispatcher)) is { } time)
            {
                var wornOffAt = happened.At + time;
                _all.Add((happened.At, wornOffAt > _all[^1].WornOffAt ? wornOffAt : _all[^1].WornOffAt));
                hasDispatcher |= happened is DispatcherLife;
            }
        }
    }

    /// <summary>The times without disturbances, each beginning when the last one has worn off.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> QuietTimes()
    {
        for (var i = 0; i < _all.Count; i++)
        {
            var (from, to) = (_all[i].WornOffAt, i + 1 < _all.Count ? _all[i + 1].At : _run.EndedAt);
            if (from < to)
            {
                yield return (from, to);
            }
        }
    }

    /// <summary>Whether nothing happened between two times, and all before had worn off.</summary>
    public bool IsQuiet(DateTimeOffset from, DateTimeOffset to) => QuietTimes().Any(time => time.From <= from && to <= time.To);

    /// <summary>The first moment from the given one on at which all before it has worn off; null if none comes.</summary>
    public DateTimeOffset? QuietFrom(DateTimeOffset at)
    {
        foreach (var (from, to) in QuietTimes())
        {
            if (at < to)
            {
                return at > from ? at : from;
            }
        }

        return null;
    }

    /// <summary>How long a silo's gate stays closed: so long its slots, and what its suspects hold of the limits, are nobody's.</summary>
    private static TimeSpan? Closed(Run run, GateTurned turn)
    {
        var opening = run.History.FirstOrDefault(happened => happened.At >= turn.At && happened is GateTurned { Closes: false } && happened.Actor == turn.Actor);
        return (opening?.At ?? run.EndedAt) - turn.At + OfChange;
    }

    private static TimeSpan? WearsOff(HistoryEvent happened, string jobClass, bool hasDispatcher) => happened switch
    {
        SiloEvent { Change: SiloChange.Started } => OfChange,
        MessageFault or StoreFault or SiloEvent => OfFault,
        DispatcherLife life when life.JobClass == jobClass => hasDispatcher ? OfFault : OfChange,
        Duplicated when happened.Class is null || happened.Class == jobClass => OfFault,
        LimitsInForce or PoolLimit when happened.Class == jobClass => OfChange,
        _ => null,
    };
}
