namespace OrleansJobs.Core.Submission;

/// <summary>What a retry policy has to keep to.</summary>
internal static class RetryRules
{
    public static void Check(RetryPolicy? policy, FaultList faults)
    {
        if (policy is null)
        {
            faults.Add("Retry", "missing", "a policy, such as Retry.Exponential or Retry.None");
            return;
        }

        faults.Range("Retry.MaxAttempts", policy.MaxAttempts, 1, JobLimits.MaxAttempts);
        faults.Range("Retry.FirstDelay", policy.FirstDelay, TimeSpan.Zero, JobLimits.MaxDelay);
        faults.Range("Retry.MaxDelay", policy.MaxDelay, TimeSpan.Zero, JobLimits.MaxDelay);
        faults.Range("Retry.Factor", policy.Factor, 1, RetryPolicy.MaxFactor);
        if (!Enum.IsDefined(policy.Jitter))
        {
            faults.Add("Retry.Jitter", $"{policy.Jitter}", string.Join(", ", Enum.GetNames<Jitter>()));
        }

        CheckSchedule(policy.Schedule, faults);
        CheckExceptions(policy.NonRetryable, faults);
    }

    private static void CheckSchedule(IReadOnlyList<TimeSpan> schedule, FaultList faults)
    {
        faults.Range("Retry.Schedule.Count", schedule.Count, 0, JobLimits.MaxAttempts);
        for (var i = 0; i < Math.Min(schedule.Count, JobLimits.MaxAttempts); i++)
        {
            faults.Range($"Retry.Schedule[{i}]", schedule[i], TimeSpan.Zero, JobLimits.MaxDelay);
        }
    }

    private static void CheckExceptions(IReadOnlyList<Type> types, FaultList faults)
    {
        foreach (var type in types.Where(type => !typeof(Exception).IsAssignableFrom(type)))
        {
            faults.Add("Retry.NonRetryable", $"{type}", "types of exceptions");
        }
    }
}
