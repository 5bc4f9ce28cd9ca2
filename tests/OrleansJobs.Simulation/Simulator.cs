using OrleansJobs.Simulation.Chronicle;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Shell;
using OrleansJobs.Simulation.Workload;

namespace OrleansJobs.Simulation;

/// <summary>One run: a while with faults, then without, until everything that can end has ended.</summary>
internal static class Simulator
{
    /// <summary>How long jobs may take to end once the faults are over.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>How long the dispatchers then have to hear of it.</summary>
    private static readonly TimeSpan Settling = (2 * Times.LeaseTimeout) + TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    public static Run Of(ulong seed, Protocol? protocol = null)
    {
        var world = new World(ScenarioMaker.Make(seed), protocol ?? Protocol.Faithful);
        for (var place = 1; place <= world.Scenario.Silos; place++)
        {
            world.Cluster.Start(place);
        }

        var (chaos, clients) = (new Chaos(world), new Clients(world));
        clients.Begin();
        chaos.Begin();
        world.Run(World.Beginning + world.Scenario.Length, () => false);
        chaos.End();
        clients.End();
        world.Run(world.Now + Patience, IsQuiet(world, clients, andOver: false));
        world.History.Add(new FaultsOver());
        world.Run(world.Now + Patience, IsQuiet(world, clients, andOver: true));
        world.Run(world.Now + Settling, () => false);
        return Result(world, clients);
    }

    /// <summary>Whether every client is answered, and every job ended that is not due far ahead; looked at now and then only.</summary>
    private static Func<bool> IsQuiet(World world, Clients clients, bool andOver)
    {
        var next = world.Now;
        return () =>
        {
            if (world.Now < next)
            {
                return false;
            }

            next = world.Now + LookPeriod;
            return clients.Outstanding == 0 && (!andOver || world.Store.Table.OpenBy(world.Now + (Clients.FarAhead / 2)) == 0);
        };
    }

    private static Run Result(World world, Clients clients)
    {
        var dispatchers = world.Scenario.Classes
            .Select(plan => (plan.Name, Dispatcher: world.Directory.Current(GrainKey.Of(plan.Name)) as DispatcherActivation))
            .ToList();
        dispatchers.ForEach(entry => entry.Dispatcher?.TellMemory());
        return new Run
        {
            Scenario = world.Scenario,
            History = world.History.Events,
            Rows = [.. world.Store.Table.Rows],
            Counts = world.Scenario.Classes.ToDictionary(plan => plan.Name, plan => world.Store.Table.Counts(plan.Name)),
            Dispatchers = dispatchers.Where(entry => entry.Dispatcher?.Status is not null)
                .ToDictionary(entry => entry.Name, entry => entry.Dispatcher!.Status!),
            EndedAt = world.Now,
            Steps = world.Steps,
            Unanswered = clients.Outstanding,
            Jobs = clients.Submitted,
        };
    }
}
