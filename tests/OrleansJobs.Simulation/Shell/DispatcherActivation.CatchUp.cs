using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Shell;

/// <content>How it catches up with the store.</content>
internal sealed partial class DispatcherActivation
{
    private void CatchUpOnce(Action<bool> ended)
    {
        _core.Reconcile(Now);
        World.Settings.Read(
            Silo,
            JobClass,
            settings =>
            {
                Apply(settings);
                _feed.Reconcile(
                    isClear =>
                    {
                        if (!isClear)
                        {
                            _catchUp.Want();
                        }

                        Pump();
                        ended(true);
                    },
                    () => ended(false));
            },
            () => ended(false));
    }

    private void IsAllKnown(Action<bool> answer) => World.Store.Read(
        Silo,
        table => table.Counts(JobClass),
        counts => answer(_core.KnowsAll(new JobCounts
        {
            Scheduled = counts[JobState.Scheduled],
            Queued = counts[JobState.Queued],
            Running = counts[JobState.Running],
            Retrying = counts[JobState.Retrying],
        })),
        () => answer(false));
}
