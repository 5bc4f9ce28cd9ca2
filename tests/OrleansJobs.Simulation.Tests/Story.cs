using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation.Tests;

/// <summary>A short history told by hand, so that what a checker says of one course of events can be seen.</summary>
internal sealed class Story
{
    public const string JobClass = "classA";

    private readonly List<HistoryEvent> _events = [];

    /// <summary>A job of the story.</summary>
    public static JobRecord Job { get; } = new()
    {
        Id = new JobId(Guid.CreateVersion7(World.Beginning)),
        JobClass = JobClass,
        Tenant = "t0",
        State = JobState.Running,
        DueAt = World.Beginning,
        Silo = "S1:1",
        LeaseToken = 1,
        Version = 2,
    };

    /// <summary>What happened, so many seconds after the beginning.</summary>
    public Story At(double seconds, params HistoryEvent[] events)
    {
        foreach (var happened in events)
        {
            happened.At = World.Beginning + TimeSpan.FromSeconds(seconds);
            _events.Add(happened);
        }

        return this;
    }

    public Story Silo(double seconds, string silo, SiloChange change) => At(seconds, new SiloEvent(silo, change));

    /// <summary>The job starts on a silo.</summary>
    public Story Starts(double seconds, string silo, long token) =>
        At(seconds, new Stored(Job with { Silo = silo, LeaseToken = token, Version = (2 * token) }, "Start", null));

    /// <summary>The job is taken from its silo.</summary>
    public Story Expires(double seconds, long token) =>
        At(seconds, new Stored(Job with { State = JobState.Queued, LeaseToken = token, Version = (2 * token) + 1 }, "Expire", null));

    public Story Begins(double seconds, string silo, long token) => At(seconds, new HandlerBegan(silo, Job.Id, JobClass, Job.Tenant, token));

    /// <summary>A dispatcher's life begins, with limits of the given rate.</summary>
    public Story Life(double seconds, string silo, long epoch, Rate rate) => At(
        seconds, new DispatcherLife(silo, JobClass, epoch, Begins: true), new LimitsInForce(silo, JobClass, epoch, new JobClassSettings { Rate = rate }));

    public Story Grants(double seconds, long epoch, string to = "S1:1", string by = "S1:1") =>
        At(seconds, new Granted(by, Job.Id, JobClass, Job.Tenant, 1, 5, to, epoch, 1));

    /// <summary>A grant under which the job's handler runs for a moment.</summary>
    public Story Serves(double seconds, long epoch) => Grants(seconds, epoch).Begins(seconds, "S1:1", 1)
        .At(seconds, new HandlerReturned("S1:1", Job.Id, JobClass, 1, "as told"));

    public Story Slots(double seconds, string silo, int slots) => At(seconds, new PoolLimit(silo, JobClass, slots));

    public Run Told()
    {
        var scenario = ScenarioMaker.Make(1);
        return new Run
        {
            Scenario = scenario with { Classes = [scenario.Classes[0] with { Name = JobClass }] },
            History = [.. _events],
            Rows = [],
            Counts = new Dictionary<string, IReadOnlyDictionary<JobState, long>>(),
            Dispatchers = new Dictionary<string, Core.Dispatch.DispatcherStatus>(),
            EndedAt = _events[^1].At,
            Steps = 0,
            Unanswered = 0,
            Jobs = 1,
        };
    }
}
