using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Shell;
using OrleansJobs.Simulation.Storage;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Engine;

/// <summary>All that there is in one run: the virtual clock with what is to happen, the silos, the network, the store, the history.</summary>
internal sealed class World
{
    /// <summary>When every run begins.</summary>
    public static readonly DateTimeOffset Beginning = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Events of one run; more come only if something goes round in circles, and the run ends there.</summary>
    public const long MaxSteps = 100_000;

    private readonly PriorityQueue<Action, Moment> _events = new();
    private long _number;

    public World(Scenario scenario, Protocol protocol)
    {
        (Scenario, Protocol) = (scenario, protocol);
        Now = Beginning;
        History = new History(this);
        Network = new Network(this);
        Store = new SimulatedStore(this);
        Settings = new SettingsDesk(this);
        Cluster = new Cluster(this);
        Directory = new Placement(this);
        Grains = new GrainCalls(this);
    }

    public Scenario Scenario { get; }

    public Protocol Protocol { get; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Events that have happened.</summary>
    public long Steps { get; private set; }

    public History History { get; }

    public Network Network { get; }

    public SimulatedStore Store { get; }

    public SettingsDesk Settings { get; }

    public Cluster Cluster { get; }

    public Placement Directory { get; }

    public GrainCalls Grains { get; }

    public Randomness Random(string concern) => Randomness.For(Scenario.Seed, concern);

    /// <summary>Has something happen later; what is due at the same time happens in the order in which it was asked for.</summary>
    public void After(TimeSpan delay, Action action) =>
        _events.Enqueue(action, new Moment((Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero)).UtcTicks, ++_number));

    /// <summary>Lets time pass until the end, or until the condition holds; false if the end came first.</summary>
    public bool Run(DateTimeOffset end, Func<bool> isOver)
    {
        while (!isOver())
        {
            if (Steps == MaxSteps)
            {
                return false;
            }

            if (!_events.TryPeek(out _, out var moment) || moment.Ticks > end.UtcTicks)
            {
                Now = end;
                return false;
            }

            var action = _events.Dequeue();
            Now = new DateTimeOffset(moment.Ticks, TimeSpan.Zero);
            Steps++;
            action();
        }

        return true;
    }

    private readonly record struct Moment(long Ticks, long Number) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Number.CompareTo(other.Number);
    }
}
