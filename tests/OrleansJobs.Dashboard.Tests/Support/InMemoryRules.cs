namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>The rules of <see cref="InMemoryGrid"/>: what it refuses, and what a new job looks like.</summary>
internal static class InMemoryRules
{
    public static JobsException? Refusal(JobSubmission submission, IReadOnlyCollection<string> classes)
    {
        var options = submission.Options;
        return submission switch
        {
            _ when !classes.Contains(submission.JobClass) => new UnknownJobClassException(submission.JobClass),
            _ when submission.Payload.Length > JobLimits.MaxPayloadBytes =>
                new PayloadTooLargeException("payload", submission.Payload.Length, JobLimits.MaxPayloadBytes),
            _ when options.Priority is < JobLimits.MinPriority or > JobLimits.MaxPriority =>
                new InvalidRequestException($"Priority is {options.Priority}; expected {JobLimits.MinPriority} to {JobLimits.MaxPriority}."),
            _ when options.Delay < TimeSpan.Zero => new InvalidRequestException($"Delay is {options.Delay}; it may not be negative."),
            _ when options.Delay is not null && options.DueAt is not null => new InvalidRequestException("Delay and DueAt do not go together."),
            _ when options.Tags.Count > JobLimits.MaxTags =>
                new InvalidRequestException($"There are {options.Tags.Count} tags; the limit is {JobLimits.MaxTags}."),
            _ => null,
        };
    }

    public static JobSnapshot NewJob(JobSubmission submission, DateTimeOffset now)
    {
        var options = submission.Options;
        var dueAt = options.DueAt ?? (now + (options.Delay ?? TimeSpan.Zero));
        return new JobSnapshot
        {
            Id = submission.Id,
            JobClass = submission.JobClass,
            Tenant = options.Tenant,
            State = dueAt > now ? JobState.Scheduled : JobState.Queued,
            Version = 1,
            Priority = options.Priority,
            Cost = options.Cost,
            MaxAttempts = options.MaxAttempts ?? 10,
            Timeout = options.Timeout,
            UniqueKey = options.UniqueKey,
            Tags = options.Tags,
            SubmittedAt = now,
            DueAt = dueAt,
            ContentType = submission.ContentType,
            Payload = submission.Payload,
            TraceParent = submission.TraceParent,
        };
    }

    public static JobCounts Count(IEnumerable<JobSnapshot> jobs)
    {
        var counts = jobs.CountBy(job => job.State).ToDictionary();
        long Of(JobState state) => counts.GetValueOrDefault(state);
        return new JobCounts
        {
            Scheduled = Of(JobState.Scheduled),
            Queued = Of(JobState.Queued),
            Running = Of(JobState.Running),
            Retrying = Of(JobState.Retrying),
            Succeeded = Of(JobState.Succeeded),
            DeadLettered = Of(JobState.DeadLettered),
            Cancelled = Of(JobState.Cancelled),
        };
    }

    public static List<string> FaultsOf(JobClassChange change, int ceiling)
    {
        var faults = new List<string>();
        if (change.MaxLocalWorkers is { } workers && (workers < 0 || workers > ceiling))
        {
            faults.Add($"MaxLocalWorkers is {workers}; expected 0 to {ceiling}.");
        }

        if (change.MaxConcurrentJobs is < 0 or > JobLimits.MaxConcurrentJobs)
        {
            faults.Add($"MaxConcurrentJobs is {change.MaxConcurrentJobs}; expected 0 to {JobLimits.MaxConcurrentJobs}.");
        }

        foreach (var (tenant, weight) in change.TenantWeights ?? new Dictionary<string, int>())
        {
            if (weight is < 1 or > JobLimits.MaxTenantWeight)
            {
                faults.Add($"TenantWeights:{tenant} is {weight}; expected 1 to {JobLimits.MaxTenantWeight}.");
            }
        }

        return faults;
    }

    public static JobClassSettings Apply(JobClassSettings old, JobClassChange change)
    {
        var weights = old.TenantWeights.ToDictionary();
        foreach (var (tenant, weight) in change.TenantWeights ?? new Dictionary<string, int>())
        {
            weights[tenant] = weight;
        }

        return old with
        {
            Revision = old.Revision + 1,
            MaxLocalWorkers = change.MaxLocalWorkers ?? old.MaxLocalWorkers,
            MaxConcurrentJobs = change.MaxConcurrentJobs ?? old.MaxConcurrentJobs,
            MaxConcurrentJobsPerTenant = change.MaxConcurrentJobsPerTenant ?? old.MaxConcurrentJobsPerTenant,
            Rate = change.Rate ?? old.Rate,
            TenantWeights = weights,
            Paused = change.Paused ?? old.Paused,
        };
    }
}
