using OrleansJobs.Core.Submission;
using RetryPolicies = OrleansJobs.Retry;

namespace OrleansJobs.Core.Tests.Submission;

public sealed class JobClassOptionsRulesTests
{
    public static TheoryData<Action<JobClassOptions>> GoodOnes => new()
    {
        _ => { },
        o => o.MaxLocalWorkers = 1,
        o => o.MaxLocalWorkers = JobLimits.MaxLocalWorkers,
        o => (o.MaxLocalWorkers, o.MaxLocalWorkersCeiling) = (8, 8),
        o => o.MaxConcurrentJobs = JobLimits.MaxConcurrentJobs,
        o => o.Rate = Rate.PerSecond(100),
        o => o.Rate = Rate.Per(Rate.MaxPeriod, Rate.MaxPermits, 1),
        o => o.Retry = RetryPolicies.None,
        o => o.Retry = RetryPolicies.Schedule(TimeSpan.Zero, JobLimits.MaxDelay),
        o => o.Retry = new RetryPolicy { Factor = 1 }.DoNotRetry<IOException>(),
        o => o.Timeout = JobLimits.MaxTimeout,
        o => o.HeartbeatTimeout = TimeSpan.FromSeconds(5),
        o => o.Retention = TimeSpan.Zero,
        o => o.Retention = JobLimits.MaxRetention,
        o => o.TenantWeights["acme"] = JobLimits.MaxTenantWeight,
        o => o.TenantWeights[""] = 1,
    };

    [Theory]
    [MemberData(nameof(GoodOnes))]
    public void Check_OfGoodOptions_IsSilent(Action<JobClassOptions> change) => Assert.Empty(Check(change));

    public static TheoryData<Action<JobClassOptions>, string> BadOnes => new()
    {
        { o => o.MaxLocalWorkers = 0, "email.MaxLocalWorkers is 0; allowed is 1 to 10000." },
        { o => o.MaxLocalWorkers = 10_001, "email.MaxLocalWorkers is 10001; allowed is 1 to 10000." },
        { o => o.MaxLocalWorkersCeiling = 7, "email.MaxLocalWorkersCeiling is 7; allowed is 8 to 10000." },
        { o => o.MaxLocalWorkersCeiling = -1, "email.MaxLocalWorkersCeiling is -1; allowed is 8 to 10000." },
        { o => o.MaxLocalWorkersCeiling = 10_001, "email.MaxLocalWorkersCeiling is 10001; allowed is 8 to 10000." },
        { o => o.MaxConcurrentJobs = -1, "email.MaxConcurrentJobs is -1; allowed is 0 to 1000000." },
        { o => o.MaxConcurrentJobsPerTenant = 1_000_001, "email.MaxConcurrentJobsPerTenant is 1000001; allowed is 0 to 1000000." },
        { o => o.Rate = Rate.PerSecond(-1), "email.Rate.Permits is -1; allowed is 0 to 1000000." },
        { o => o.Rate = new Rate(5, TimeSpan.Zero, 1), "email.Rate.Period is 00:00:00; allowed is 00:00:00.0010000 to 1.00:00:00." },
        { o => o.Rate = new Rate(5, TimeSpan.FromDays(2), 1), "email.Rate.Period is 2.00:00:00; allowed" },
        { o => o.Rate = Rate.PerSecond(5, burst: 0), "email.Rate.Burst is 0; allowed is 1 to 1000000." },
        { o => o.Retry = null!, "email.Retry is missing; allowed is a policy" },
        { o => o.Retry = RetryPolicies.Exponential(0), "email.Retry.MaxAttempts is 0; allowed is 1 to 1000." },
        { o => o.Retry = RetryPolicies.Exponential(1_001), "email.Retry.MaxAttempts is 1001; allowed is 1 to 1000." },
        { o => o.Retry = RetryPolicies.Exponential(3, TimeSpan.FromTicks(-1)), "email.Retry.FirstDelay is -00:00:00.0000001; allowed is 00:00:00 to" },
        { o => o.Retry = RetryPolicies.Exponential(3, maxDelay: TimeSpan.FromDays(400)), "email.Retry.MaxDelay is 400.00:00:00; allowed is 00:00:00 to 366" },
        { o => o.Retry = RetryPolicies.Exponential(3, factor: 0.5), "email.Retry.Factor is 0.5; allowed is 1 to 10." },
        { o => o.Retry = RetryPolicies.Exponential(3, factor: 10.5), "email.Retry.Factor is 10.5; allowed is 1 to 10." },
        { o => o.Retry = RetryPolicies.Exponential(3, factor: double.NaN), "email.Retry.Factor is NaN; allowed is 1 to 10." },
        { o => o.Retry = RetryPolicies.Exponential(3, jitter: (Jitter)9), "email.Retry.Jitter is 9; allowed is None, Full, Decorrelated." },
        { o => o.Retry = RetryPolicies.Schedule(TimeSpan.Zero, TimeSpan.FromDays(400)), "email.Retry.Schedule[1] is 400.00:00:00; allowed is 00:00:00 to 366" },
        { o => o.Retry = new RetryPolicy { Schedule = new TimeSpan[1_001] }, "email.Retry.Schedule.Count is 1001; allowed is 0 to 1000." },
        { o => o.Retry = new RetryPolicy { NonRetryable = [typeof(string)] }, "email.Retry.NonRetryable is System.String; allowed is types of exceptions." },
        { o => o.Timeout = TimeSpan.Zero, "email.Timeout is 00:00:00; allowed is 00:00:00.0010000 to 7.00:00:00." },
        { o => o.Timeout = TimeSpan.FromDays(8), "email.Timeout is 8.00:00:00; allowed" },
        { o => o.HeartbeatTimeout = TimeSpan.Zero, "email.HeartbeatTimeout is 00:00:00; allowed" },
        { o => o.Retention = TimeSpan.FromDays(-1), "email.Retention is -1.00:00:00; allowed is 00:00:00 to 3653.00:00:00." },
        { o => o.Retention = TimeSpan.FromDays(3_654), "email.Retention is 3654.00:00:00; allowed" },
        { o => o.TenantWeights["acme"] = 0, "email.TenantWeights['acme'] is 0; allowed is 1 to 1000." },
        { o => o.TenantWeights["acme"] = 1_001, "email.TenantWeights['acme'] is 1001; allowed is 1 to 1000." },
        { o => o.TenantWeights["a\nb"] = 2, "email.TenantWeights key is 'a\\u000ab'; allowed is text of 0 to 128 characters" },
        { o => Fill(o, 10_001), "email.TenantWeights.Count is 10001; allowed is 0 to 10000." },
    };

    [Theory]
    [MemberData(nameof(BadOnes))]
    public void Check_OfABadOption_NamesKeyValueAndRange(Action<JobClassOptions> change, string fault) =>
        Assert.StartsWith(fault, Assert.Single(Check(change)));

    [Fact]
    public void Check_OfManyFaults_ListsThemAll()
    {
        var faults = Check(o => (o.MaxLocalWorkers, o.MaxConcurrentJobs, o.Timeout) = (0, -1, TimeSpan.Zero));
        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void Check_OfABadName_SaysSo() =>
        Assert.StartsWith("JobClass is 'e mail'; allowed is 1 to 64 letters", Assert.Single(JobClassOptionsRules.Check("e mail", new())));

    private static IReadOnlyList<string> Check(Action<JobClassOptions> change)
    {
        var options = new JobClassOptions();
        change(options);
        return JobClassOptionsRules.Check("email", options);
    }

    private static void Fill(JobClassOptions options, int tenants)
    {
        for (var tenant = 0; tenant < tenants; tenant++)
        {
            options.TenantWeights[$"tenant-{tenant}"] = 2;
        }
    }
}
