using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Submission;
using OrleansJobs.Simulation.Engine;
using OrleansJobs.Simulation.Storage;

namespace OrleansJobs.Simulation.Shell;

/// <summary>Takes submitted jobs in: makes them durable, then tells the dispatcher.</summary>
/// <param name="silo">The silo that takes them in.</param>
/// <param name="cell">The cell of the job's activation; null if the job is inserted without one.</param>
internal sealed class SubmitDesk(Silo silo, JobCell? cell)
{
    private SimulatedStore Store => silo.World.Store;

    public void Submit(JobSubmission submission, Action<SubmitReply> done, Action failed)
    {
        if (SubmissionRules.Check(submission, silo.Now) is { } fault)
        {
            throw fault;
        }

        var row = JobFactory.Create(submission, silo.World.Scenario.Class(submission.JobClass).Retry.MaxAttempts, silo.Now);
        if (silo.World.Protocol.AnswersBeforeTheStore)
        {
            done(new SubmitReply(row.Id, SubmitStatus.Accepted));
            (done, failed) = (_ => { }, () => { });
        }

        if (cell?.Current is { } existing)
        {
            Same(existing, done);
        }
        else if (cell is not null && submission.Options.UniqueKey is { } key)
        {
            Store.Read(silo, table => table.FindByKey(submission.JobClass, key), holder =>
            {
                if (holder is not null && holder.Id != submission.Id)
                {
                    KeyTaken(holder, done);
                }
                else
                {
                    Insert(row, done, failed);
                }
            }, failed);
        }
        else
        {
            Insert(row, done, failed);
        }
    }

    private void Insert(JobRecord row, Action<SubmitReply> done, Action failed)
    {
        if (cell is null)
        {
            Store.Insert(silo, row, Inserted, Unclear);
        }
        else
        {
            cell.Insert(row, Inserted, Unclear);
        }

        void Unclear()
        {
            UnclearWrites.Settle(silo, row.Id);
            failed();
        }

        void Inserted(Insertion insertion)
        {
            if (insertion.Outcome == InsertionOutcome.Inserted)
            {
                ClassNotices.Waiting(silo, row);
                done(new SubmitReply(row.Id, SubmitStatus.Accepted));
                return;
            }

            // What a cell of a job whose key is taken holds is settled by reading, as before any next decision.
            Store.Read(silo, table => table.Find(insertion.Id), found =>
            {
                if (found is null)
                {
                    failed();
                }
                else if (insertion.Outcome == InsertionOutcome.KeyTaken)
                {
                    KeyTaken(found, done);
                }
                else
                {
                    Same(found, done);
                }
            }, failed);
        }
    }

    private void KeyTaken(JobRecord holder, Action<SubmitReply> done)
    {
        TellAgain(holder);
        done(new SubmitReply(holder.Id, SubmitStatus.UniqueKeyTaken));
    }

    private void Same(JobRecord existing, Action<SubmitReply> done)
    {
        TellAgain(existing);
        done(new SubmitReply(existing.Id, SubmitStatus.AlreadySubmitted));
    }

    private void TellAgain(JobRecord existing)
    {
        if (existing.State.IsWaiting())
        {
            ClassNotices.Waiting(silo, existing);
        }
    }
}
