using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Submission;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Jobs;

/// <summary>Takes submitted jobs in: checks them, makes them durable, tells the dispatcher.</summary>
internal sealed class SubmitDesk(
    JobClassRegistry classes, IJobStore store, DispatcherNotifier notifier, UnclearWrites unclear, TimeProvider time)
{
    /// <summary>Takes in one job, through its cell.</summary>
    /// <exception cref="JobsException">The job is refused, or nothing is known of it.</exception>
    public Task<SubmitOutcome> SubmitAsync(JobCell cell, JobSubmission submission)
    {
        var record = Check(submission);
        if (cell.Current is { } existing)
        {
            return Task.FromResult(SameJob(existing, submission));
        }

        return submission.Options.UniqueKey is { } key
            ? SubmitKeyedAsync(cell, record, submission, key)
            : InsertAsync(cell, record, submission);
    }

    /// <summary>Takes in many jobs by few commits, without cells.</summary>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync(IReadOnlyList<JobSubmission> submissions) =>
        await Task.WhenAll(submissions.Select(SubmitAsync));

    /// <summary>The outcome of a job that was refused.</summary>
    public static SubmitOutcome Refused(JobSubmission submission, JobsException error) => new(submission.Id, SubmitStatus.Refused, error);

    private async Task<SubmitOutcome> SubmitAsync(JobSubmission submission)
    {
        try
        {
            return await InsertAsync(Check(submission), submission);
        }
        catch (JobsException exception)
        {
            return Refused(submission, exception);
        }
    }

    private async Task<SubmitOutcome> SubmitKeyedAsync(JobCell cell, JobRecord record, JobSubmission submission, string key) =>
        await store.FindByUniqueKeyAsync(submission.JobClass, key) is { } holder && holder.Id != submission.Id
            ? KeyTaken(holder)
            : await InsertAsync(cell, record, submission);

    private JobRecord Check(JobSubmission submission)
    {
        var now = time.GetUtcNow();
        if (SubmissionRules.Check(submission, now) is { } fault)
        {
            throw fault;
        }

        return JobFactory.Create(submission, classes.Get(submission.JobClass).Options.Retry.MaxAttempts, now);
    }

    private async Task<SubmitOutcome> InsertAsync(JobCell cell, JobRecord record, JobSubmission submission)
    {
        var outcome = await WriteAsync(record, cell.InsertAsync(record));
        switch (outcome.Status)
        {
            case InsertStatus.Inserted:
                return Accepted(record);
            case InsertStatus.UniqueKeyTaken:
                await cell.SettleAsync();
                return new SubmitOutcome(outcome.Id, SubmitStatus.UniqueKeyTaken);
            default:
                await cell.SettleAsync();
                return SameJob(cell.Current ?? throw Gone(), submission);
        }
    }

    private async Task<SubmitOutcome> InsertAsync(JobRecord record, JobSubmission submission)
    {
        var outcome = await WriteAsync(record, store.InsertAsync(record));
        if (outcome.Status == InsertStatus.Inserted)
        {
            return Accepted(record);
        }

        var existing = await store.FindAsync(outcome.Id) ?? throw Gone();
        return outcome.Status == InsertStatus.UniqueKeyTaken ? KeyTaken(existing) : SameJob(existing, submission);
    }

    /// <summary>Nobody may submit the job again, and it may be stored.</summary>
    private async Task<InsertOutcome> WriteAsync(JobRecord record, Task<InsertOutcome> write)
    {
        try
        {
            return await write;
        }
        catch
        {
            unclear.Settle(record.Id);
            throw;
        }
    }

    private SubmitOutcome Accepted(JobRecord record)
    {
        EngineTelemetry.Accepted(record.JobClass);
        notifier.Arrived(record);
        return new SubmitOutcome(record.Id, SubmitStatus.Accepted);
    }

    private SubmitOutcome KeyTaken(JobRecord holder)
    {
        TellAgain(holder);
        return new SubmitOutcome(holder.Id, SubmitStatus.UniqueKeyTaken);
    }

    private SubmitOutcome SameJob(JobRecord existing, JobSubmission submission)
    {
        if (!JobFactory.IsSameSubmission(existing, submission))
        {
            throw new DuplicateJobException(existing.Id);
        }

        TellAgain(existing);
        return new SubmitOutcome(existing.Id, SubmitStatus.AlreadySubmitted);
    }

    /// <summary>The submit that stored the job may have failed before it told the dispatcher, so a repeat tells it again.</summary>
    private void TellAgain(JobRecord existing)
    {
        if (existing.State.IsWaiting())
        {
            notifier.Waiting(existing);
        }
    }

    private static GridUnavailableException Gone() => new("The job was there and is gone; submit it again.");
}
