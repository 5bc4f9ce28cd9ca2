using System.Globalization;
using System.Text;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Chronicle;

/// <summary>What happened in a run, in order.</summary>
internal sealed class History(World world)
{
    private readonly List<HistoryEvent> _events = [];

    public IReadOnlyList<HistoryEvent> Events => _events;

    public void Add(HistoryEvent happened)
    {
        happened.At = world.Now;
        _events.Add(happened);
    }

    /// <summary>A time as it is shown: seconds since the beginning.</summary>
    public static string Show(DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{(at - World.Beginning).TotalSeconds:0.000}");

    /// <summary>One line: when, who, what.</summary>
    public static string Line(HistoryEvent happened) => $"{Show(happened.At),10}  {happened.Actor,-8}  {happened.Tell()}";

    /// <summary>The same for the same history, and hardly for any other.</summary>
    public static ulong Hash(IEnumerable<HistoryEvent> events)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var happened in events)
        {
            foreach (var part in Encoding.UTF8.GetBytes(Line(happened)))
            {
                hash = (hash ^ part) * 1_099_511_628_211UL;
            }
        }

        return hash;
    }
}
