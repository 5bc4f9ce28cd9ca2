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

        if (await HolderAsync(submission) is { } holder && holder != submission.Id)
        {
            return new SubmitReceipt(holder, SubmitStatus.UniqueKeyTaken);
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

        var outcomes = await store.InsertManyAsync([.. accepted.Select(entry => entry.Record)]);
        for (var i = 0; i < accepted.Count; i++)
        {
            var (index, record) = accepted[i];
            replies[index] = await ReplyAsync(outcomes[i], record, submissions[index]);
        }

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

    private async Task<JobId?> HolderAsync(JobSubmission submission) => submission.Options.UniqueKey is { } key
        ? (await store.FindByUniqueKeyAsync(submission.JobClass, key))?.Id
        : null;

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

    private async Task<Reply<SubmitReceipt>> ReplyAsync(InsertOutcome outcome, JobRecord record, JobSubmission submission)
    {
        switch (outcome.Status)
        {
            case InsertStatus.Inserted:
                notifier.Waiting(record);
                return Reply<SubmitReceipt>.Of(new SubmitReceipt(record.Id, SubmitStatus.Accepted));
            case InsertStatus.UniqueKeyTaken:
                return Reply<SubmitReceipt>.Of(new SubmitReceipt(outcome.Id, SubmitStatus.UniqueKeyTaken));
            default:
                var existing = await store.FindAsync(outcome.Id);
                return existing is not null && JobFactory.IsSameSubmission(existing, submission)
                    ? Reply<SubmitReceipt>.Of(new SubmitReceipt(outcome.Id, SubmitStatus.AlreadySubmitted))
                    : Reply<SubmitReceipt>.Failed(new DuplicateJobException(outcome.Id));
        }
    }

    private static SubmitReceipt SameJob(JobRecord existing, JobSubmission submission) =>
        JobFactory.IsSameSubmission(existing, submission)
            ? new SubmitReceipt(existing.Id, SubmitStatus.AlreadySubmitted)
            : throw new DuplicateJobException(existing.Id);
}
