using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Storage;

namespace OrleansJobs.Simulation.Shell;

/// <summary>The record that a job's activation holds. A write whose outcome is unclear is settled by reading before anything else.</summary>
internal sealed class JobCell(Silo silo, JobId id)
{
    private const int MaxDecisions = 4;
    private bool _unclear = true;

    /// <summary>The job as it is stored, as far as is known; null if there is none.</summary>
    public JobRecord? Current { get; private set; }

    private SimulatedStore Store => silo.World.Store;

    /// <summary>The activation of a new job needs no read.</summary>
    public void IsNew() => _unclear = false;

    /// <summary>Reads the job, unless it is known that there is one.</summary>
    public void Find(Action done, Action failed)
    {
        _unclear |= Current is null;
        Settle(done, failed);
    }

    /// <summary>Reads the job, unless it is known.</summary>
    public void Settle(Action done, Action failed)
    {
        if (_unclear)
        {
            Reload(done, failed);
        }
        else
        {
            done();
        }
    }

    public void Reload(Action done, Action failed) => Store.Read(
        silo,
        table => table.Find(id),
        row =>
        {
            (Current, _unclear) = (row, false);
            done();
        },
        failed);

    public void Insert(JobRecord row, Action<Insertion> done, Action failed) => Settle(
        () =>
        {
            _unclear = true;
            Store.Insert(
                silo,
                row,
                insertion =>
                {
                    if (insertion.Outcome == InsertionOutcome.Inserted)
                    {
                        (Current, _unclear) = (row, false);
                    }

                    done(insertion);
                },
                failed);
        },
        failed);

    /// <summary>Decides about a command and stores the outcome.</summary>
    public void Decide(JobCommand command, DateTimeOffset now, Action<Transition> done, Action failed) =>
        Decide(1, _unclear, command, now, done, failed);

    private void Decide(int decision, bool isFresh, JobCommand command, DateTimeOffset now, Action<Transition> done, Action failed) => Settle(
        () =>
        {
            if (Current is not { } current)
            {
                failed();
                return;
            }

            var transition = JobLifecycle.Decide(current, command, now);
            if (!transition.IsChange && isFresh)
            {
                done(transition);
                return;
            }

            _unclear = true;
            if (!transition.IsChange)
            {
                Decide(decision, isFresh: true, command, now, done, failed);
                return;
            }

            if (transition.IsDeletion)
            {
                Store.Delete(silo, current, Written, failed);
            }
            else
            {
                Store.Update(silo, transition.Next, current.State, command.GetType().Name, TokenOf(command), Written, failed);
            }

            void Written(bool written)
            {
                if (written)
                {
                    (Current, _unclear) = (transition.IsDeletion ? null : transition.Next, false);
                    done(transition);
                }
                else if (decision < MaxDecisions)
                {
                    Decide(decision + 1, isFresh: true, command, now, done, failed);
                }
                else
                {
                    failed();
                }
            }
        },
        failed);

    private static long? TokenOf(JobCommand command) => (command as LeaseCommand)?.LeaseToken;
}
