using System.Diagnostics;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Core.Submission;

/// <summary>Makes the first record of a job.</summary>
public static class JobFactory
{
    /// <summary>The record of a submission that <see cref="SubmissionRules"/> has let through.</summary>
    /// <param name="submission">The job.</param>
    /// <param name="classMaxAttempts">Its class's attempts, for a job that names none.</param>
    /// <param name="now">When it was submitted.</param>
    /// <returns>Queued and due now; or scheduled, when it is due later.</returns>
    public static JobRecord Create(JobSubmission submission, int classMaxAttempts, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(submission);
        now = StoredTime.Cut(now);
        var options = submission.Options;
        var dueAt = DueAt(options, now);
        return new JobRecord
        {
            Id = submission.Id,
            JobClass = submission.JobClass,
            Tenant = options.Tenant,
            Priority = options.Priority,
            Cost = options.Cost,
            UniqueKey = options.UniqueKey,
            Tags = [.. options.Tags],
            ContentType = submission.ContentType,
            Payload = submission.Payload,
            TraceParent = TraceParent(submission),
            SubmittedAt = now,
            MaxAttempts = options.MaxAttempts ?? classMaxAttempts,
            Timeout = options.Timeout,
            Version = 1,
            State = dueAt > now ? JobState.Scheduled : JobState.Queued,
            DueAt = dueAt,
        };
    }

    /// <summary>
    /// Whether a job that is known by the submission's id is the same job: of the same class, with the same payload. If so, submitting
    /// it again changes nothing; if not, the id is taken.
    /// </summary>
    public static bool IsSameSubmission(JobRecord existing, JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(existing);
        ArgumentNullException.ThrowIfNull(submission);
        return existing.JobClass == submission.JobClass && existing.Payload.Span.SequenceEqual(submission.Payload.Span);
    }

    /// <summary>In universal time, which is what stores compare; a time that has passed means now.</summary>
    private static DateTimeOffset DueAt(SubmitOptions options, DateTimeOffset now)
    {
        var asked = options.DueAt?.ToUniversalTime() ?? now + (options.Delay ?? TimeSpan.Zero);
        return asked > now ? StoredTime.RoundUp(asked) : now;
    }

    /// <summary>Nothing is refused for its trace: what is no W3C trace parent is left out.</summary>
    private static string? TraceParent(JobSubmission submission) =>
        ActivityContext.TryParse(submission.TraceParent, null, out _) ? submission.TraceParent : null;
}
