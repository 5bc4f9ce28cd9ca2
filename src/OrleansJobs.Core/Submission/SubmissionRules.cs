namespace OrleansJobs.Core.Submission;

/// <summary>What a submitted job has to keep to.</summary>
public static class SubmissionRules
{
    /// <summary>Shortest timeout of an attempt.</summary>
    internal static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(1);

    /// <summary>Checks a job that is submitted at the given time. Whether its class exists is not asked here.</summary>
    /// <returns>
    /// Null if it may be stored; <see cref="PayloadTooLargeException"/>; or one <see cref="InvalidRequestException"/> that lists every
    /// fault with its key, value and range.
    /// </returns>
    public static JobsException? Check(JobSubmission submission, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (submission.Payload.Length > JobLimits.MaxPayloadBytes)
        {
            return new PayloadTooLargeException("payload", submission.Payload.Length, JobLimits.MaxPayloadBytes);
        }

        var faults = new FaultList();
        CheckIdentity(submission, faults);
        CheckPayload(submission, faults);
        if (submission.Options is { } options)
        {
            CheckTimes(options, now, faults);
            CheckNumbers(options, faults);
            CheckWords(options, faults);
        }
        else
        {
            faults.Add("Options", "missing", "a value");
        }

        return faults.All.Count == 0 ? null : new InvalidRequestException(string.Join(' ', faults.All));
    }

    /// <summary>Whether a submission says that its payload is JSON.</summary>
    public static bool IsJson(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return JsonPayload.IsNamedBy(submission.ContentType);
    }

    private static void CheckIdentity(JobSubmission submission, FaultList faults)
    {
        if (submission.Id.Value == Guid.Empty)
        {
            faults.Add("Id", $"{submission.Id}", "a UUID that is not all zeros");
        }

        JobClassName.Check(submission.JobClass, faults);
    }

    private static void CheckPayload(JobSubmission submission, FaultList faults)
    {
        faults.Text("ContentType", submission.ContentType, 1, JobLimits.MaxContentTypeLength);
        if (IsJson(submission) && JsonPayload.FaultOf(submission.Payload.Span) is { } fault)
        {
            faults.Add("Payload", fault, $"one JSON value in UTF-8, because ContentType is {FaultList.Show(submission.ContentType)}");
        }
    }

    private static void CheckTimes(SubmitOptions options, DateTimeOffset now, FaultList faults)
    {
        if (options is { Delay: not null, DueAt: not null })
        {
            faults.Add("Delay", "given together with DueAt", "one of the two");
        }

        if (options.Delay is { } delay)
        {
            faults.Range("Delay", delay, TimeSpan.Zero, JobLimits.MaxDelay);
        }

        if (options.DueAt is { } dueAt && dueAt - now > JobLimits.MaxDelay)
        {
            faults.Add("DueAt", $"{dueAt:O}", $"at most {now + JobLimits.MaxDelay:O} ({JobLimits.MaxDelay.TotalDays} days ahead)");
        }

        if (options.Timeout is { } timeout)
        {
            faults.Range("Timeout", timeout, MinTimeout, JobLimits.MaxTimeout);
        }
    }

    private static void CheckNumbers(SubmitOptions options, FaultList faults)
    {
        faults.Range("Priority", options.Priority, JobLimits.MinPriority, JobLimits.MaxPriority);
        faults.Range("Cost", options.Cost, 1, JobLimits.MaxCost);
        if (options.MaxAttempts is { } maxAttempts)
        {
            faults.Range("MaxAttempts", maxAttempts, 1, JobLimits.MaxAttempts);
        }
    }

    private static void CheckWords(SubmitOptions options, FaultList faults)
    {
        faults.Text("Tenant", options.Tenant, 0, JobLimits.MaxTenantLength);
        if (options.UniqueKey is { } uniqueKey)
        {
            faults.Text("UniqueKey", uniqueKey, 1, JobLimits.MaxUniqueKeyLength);
        }

        if (options.Tags is not { } tags)
        {
            faults.Add("Tags", "missing", $"0 to {JobLimits.MaxTags} words");
            return;
        }

        faults.Range("Tags.Count", tags.Count, 0, JobLimits.MaxTags);
        for (var i = 0; i < Math.Min(tags.Count, JobLimits.MaxTags); i++)
        {
            faults.Text($"Tags[{i}]", tags[i], 1, JobLimits.MaxTagLength);
        }
    }
}
