using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Settles writes that had no answer and may have happened: looks at the store until it answers, and tells the dispatcher.</summary>
internal static class UnclearWrites
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static void Settle(Silo silo, JobId id) => Settle(silo, id, FirstPause);

    private static void Settle(Silo silo, JobId id, TimeSpan pause) => silo.After(pause, () => silo.World.Store.Read(
        silo,
        table => table.Find(id),
        job =>
        {
            if (job is not null)
            {
                ClassNotices.Tell(silo, JobLifecycle.Announce(job));
            }
        },
        () => Settle(silo, id, pause * 2 < LongestPause ? pause * 2 : LongestPause)));
}
