using Orleans.Storage;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Submission;
using OrleansJobs.Grains.Dispatch;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Jobs;

/// <summary>Takes submitted jobs in: checks them, makes them durable, tells the dispatcher.</summary>
internal sealed class SubmitDesk(JobClassRegistry classes, IJobStore store, DispatcherNotifier notifier)
{
    /// <summary>Takes in the job of an activated job grain.</summary>
    public async Task<SubmitReceipt> SubmitAsync(JobCell cell, JobSubmission submission, DateTimeOffset now)
    {
        var record = Check(submission, now);
        if (cell.Current is { } existing)
        {
            return SameJob(existing, submission);
        }

        if (await HolderAsync(submission) is { } holder && holder.Id != submission.Id)
        {
            return KeyTaken(holder);
        }

        return await InsertAsync(cell, record, submission);
    }

    /// <summary>Takes in many jobs by few commits, without activating their grains.</summary>
    public async Task<IReadOnlyList<Reply<SubmitReceipt>>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions, DateTimeOffset now)
    {
        var replies = new Reply<SubmitReceipt>[submissions.Count];
        var accepted = new List<(int Index, JobRecord Record)>(submissions.Count);
        for (var index = 0; index < submissions.Count; index++)
        {
            try
            {
                accepted.Add((index, Check(submissions[index], now)));
            }
            catch (JobsException exception)
            {
                replies[index] = Reply<SubmitReceipt>.Failed(exception);
            }
        }

        await Task.WhenAll(accepted.Select(async entry =>
            replies[entry.Index] = await JobReplies.GuardAsync(() => InsertAsync(entry.Record, submissions[entry.Index]))));
        return replies;
    }

    private JobRecord Check(JobSubmission submission, DateTimeOffset now)
    {
        if (SubmissionRules.Check(submission, now) is { } fault)
        {
            throw fault;
        }

        return JobFactory.Create(submission, classes.Get(submission.JobClass).Options.Retry.MaxAttempts, now);
    }

    private Task<JobRecord?> HolderAsync(JobSubmission submission) => submission.Options.UniqueKey is { } key
        ? store.FindByUniqueKeyAsync(submission.JobClass, key)
        : Task.FromResult<JobRecord?>(null);

    private async Task<SubmitReceipt> InsertAsync(JobCell cell, JobRecord record, JobSubmission submission)
    {
        try
        {
            await cell.InsertAsync(record);
        }
        catch (UniqueKeyTakenException taken)
        {
            await cell.ReloadAsync();
            return new SubmitReceipt(taken.Holder, SubmitStatus.UniqueKeyTaken);
        }
        catch (InconsistentStateException)
        {
            await cell.ReloadAsync();
            return SameJob(cell.Current ?? throw new GridUnavailableException("The job was there and is gone; submit it again."), submission);
        }

        notifier.Waiting(record);
        return new SubmitReceipt(record.Id, SubmitStatus.Accepted);
    }

    private async Task<SubmitReceipt> InsertAsync(JobRecord record, JobSubmission submission)
    {
        var outcome = await store.InsertAsync(record);
        if (outcome.Status == InsertStatus.Inserted)
        {
            notifier.Waiting(record);
            return new SubmitReceipt(record.Id, SubmitStatus.Accepted);
        }

        var existing = await store.FindAsync(outcome.Id) ?? throw new GridUnavailableException("The job was there and is gone; submit it again.");
        return outcome.Status == InsertStatus.UniqueKeyTaken ? KeyTaken(existing) : SameJob(existing, submission);
    }

    private SubmitReceipt KeyTaken(JobRecord holder)
    {
        TellAgain(holder);
        return new SubmitReceipt(holder.Id, SubmitStatus.UniqueKeyTaken);
    }

    private SubmitReceipt SameJob(JobRecord existing, JobSubmission submission)
    {
        if (!JobFactory.IsSameSubmission(existing, submission))
        {
            throw new DuplicateJobException(existing.Id);
        }

        TellAgain(existing);
        return new SubmitReceipt(existing.Id, SubmitStatus.AlreadySubmitted);
    }

    /// <summary>The submit that stored the job may have failed before it told the dispatcher, so a repeat tells it again.</summary>
    private void TellAgain(JobRecord existing)
    {
        if (existing.State.IsWaiting())
        {
            notifier.Waiting(existing);
        }
    }
}
