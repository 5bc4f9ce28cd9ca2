using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>
/// When the grid was left alone. Some promises are made for a grid that nobody disturbs; they are judged in the times between.
/// </summary>
internal sealed class Disturbances
{
    private static readonly TimeSpan Aftermath = Times.LeaseTimeout + TimeSpan.FromSeconds(2);
    private readonly List<DateTimeOffset> _times = [];
    private readonly Run _run;

    /// <summary>Those that touch a class.</summary>
    public Disturbances(Run run, string jobClass)
    {
        _run = run;
        _times.Add(World.Beginning);
        _times.AddRange(run.History.Where(happened => IsOne(happened, jobClass)).Select(happened => happened.At));
    }

    /// <summary>The times without disturbances, each beginning when the last one has worn off.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> QuietTimes(TimeSpan? aftermath = null)
    {
        var wearsOff = aftermath ?? Aftermath;
        for (var i = 0; i < _times.Count; i++)
        {
            var (from, to) = (_times[i] + wearsOff, i + 1 < _times.Count ? _times[i + 1] : _run.EndedAt);
            if (from < to)
            {
                yield return (from, to);
            }
        }
    }

    /// <summary>Whether nothing happened between two times.</summary>
    public bool IsQuiet(DateTimeOffset from, DateTimeOffset to)
    {
        var index = _times.BinarySearch(from);
        index = index < 0 ? ~index : index;
        return index >= _times.Count || _times[index] > to;
    }

    private static bool IsOne(HistoryEvent happened, string jobClass) => happened switch
    {
        MessageFault or StoreFault or SiloEvent => true,
        Duplicated or DispatcherLife or LimitsInForce or PoolLimit => happened.Class is null || happened.Class == jobClass,
        _ => false,
    };
}
