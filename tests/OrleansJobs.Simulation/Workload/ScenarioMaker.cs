using OrleansJobs.Core.Dispatch;
using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Workload;

/// <summary>Makes the scenario of a seed.</summary>
internal static class ScenarioMaker
{
    private const double CalmShare = 0.3;
    private const double RestlessShare = 0.08;

    /// <summary>From here on every seed has dispatchers that move all the time; of those below, some have.</summary>
    public const ulong RestlessSeeds = 9_000_000_000_000_000_000;

    public static Scenario Make(ulong seed)
    {
        var random = Randomness.For(seed, "scenario");
        var isCalm = random.Chance(CalmShare);
        var restless = Randomness.For(seed, "restless");
        var isRestless = seed >= RestlessSeeds || (!isCalm && restless.Chance(RestlessShare));
        var scenario = new Scenario
        {
            Seed = seed,
            Silos = random.Between(1, 4),
            Classes = [.. Enumerable.Range(0, random.Between(1, 3)).Select(index => Class($"class{(char)('A' + index)}", random, isCalm))],
            Options = Options(random, isCalm),
            Faults = isCalm ? new FaultPlan() : Faults(Randomness.For(seed, "fault plan")),
            Length = random.Milliseconds(15_000, 45_000),
            CommandPeriod = random.Chance(0.6) ? random.Milliseconds(300, 3_000) : null,
            ChangesLimits = random.Chance(0.5),
            Killers = Killers(Randomness.For(seed, "killers")),
        };
        return isRestless ? Restless(scenario, restless) : scenario;
    }

    /// <summary>
    /// Dispatchers move all the time, and messages between their lives and the silos are late: what is said to one life comes to the next. All
    /// classes have limits in the cluster, and nothing else goes wrong, so that no limit is excused.
    /// </summary>
    private static Scenario Restless(Scenario scenario, Randomness random) => scenario with
    {
        Silos = random.Between(2, 4),
        Faults = new FaultPlan
        {
            Messages = new MessageFaults(random.Unit() * 0.02, random.Unit() * 0.1, 0.03 + (random.Unit() * 0.15), random.Milliseconds(2_000, 7_000)),
            Kinds = random.Chance(0.5) ? [FaultKind.DispatcherMoves] : [FaultKind.DispatcherMoves, FaultKind.DispatcherMoves, FaultKind.Freeze],
            Period = random.Milliseconds(300, 2_000),
        },
        Classes = [.. scenario.Classes.Select(plan => plan with { Settings = plan.Settings with { MaxConcurrentJobs = random.Between(1, 3) } })],
        ChangesLimits = false,
        Killers = 0,
    };

    private static double Killers(Randomness random) => random.Chance(0.3) ? random.Chance(0.5) ? 0.02 : 0.06 : 0;

    private static ClassPlan Class(string name, Randomness random, bool isCalm)
    {
        var tenants = random.Between(1, random.Chance(0.2) ? 12 : 4);
        var isShort = random.Chance(0.6);
        var isLoaded = isCalm && random.Chance(0.6);
        return new ClassPlan
        {
            Name = name,
            Settings = Settings(random, tenants),
            Retry = Retry(random),
            Timeout = random.Milliseconds(4_000, 15_000),
            Tenants = [.. Enumerable.Range(0, tenants).Select(index => $"t{index}")],
            Jobs = isLoaded ? random.Between(40, 120) : random.Between(10, 70),
            MaxCost = random.Chance(0.5) ? 1 : random.Between(2, 6),
            RunTime = isLoaded ? (50, 400) : isShort ? (5, 300) : (300, random.Chance(0.5) ? 3_000 : 14_000),
            IsLoadedWhilePaused = isLoaded,
            Trouble = random.Chance(0.3) ? 0 : random.Unit() * 0.5,
        };
    }

    private static JobClassSettings Settings(Randomness random, int tenants) => new()
    {
        MaxLocalWorkers = random.Between(1, 5),
        MaxConcurrentJobs = random.Chance(0.5) ? 0 : random.Between(1, 6),
        MaxConcurrentJobsPerTenant = random.Chance(0.65) ? 0 : random.Between(1, 3),
        Rate = random.Chance(0.7) ? Rate.Unlimited : Rate.Per(TimeSpan.FromSeconds(1), Starts(random.Between(3, 25)), random.Between(1, 8)),
        TenantWeights = Enumerable.Range(0, tenants).Where(_ => random.Chance(0.4))
            .ToDictionary(index => $"t{index}", _ => random.Between(2, 5), StringComparer.Ordinal),
    };

    /// <summary>Some rates are so slow that a class cannot do without what they have left when its dispatcher moves.</summary>
    private static int Starts(int drawn) => drawn > 8 ? drawn : drawn / 3;

    private static RetryPolicy Retry(Randomness random) => random.Between(0, 4) switch
    {
        0 => OrleansJobs.Retry.None,
        1 => OrleansJobs.Retry.Fixed(random.Between(2, 5), random.Milliseconds(100, 3_000)),
        2 => OrleansJobs.Retry.Schedule(random.Milliseconds(100, 500), random.Milliseconds(500, 2_000)),
        3 => OrleansJobs.Retry.Exponential(random.Between(2, 6), random.Milliseconds(100, 1_000), TimeSpan.FromSeconds(8), jitter: Jitter.None),
        _ => OrleansJobs.Retry.Exponential(
            random.Between(2, 6), random.Milliseconds(100, 1_000), TimeSpan.FromSeconds(8), jitter: random.Chance(0.5) ? Jitter.Full : Jitter.Decorrelated),
    };

    private static DispatcherOptions Options(Randomness random, bool isCalm)
    {
        var isWide = isCalm || random.Chance(0.3);
        return new DispatcherOptions
        {
            LeaseTimeout = Times.LeaseTimeout,
            RecoveryTimeout = Times.RecoveryTimeout,
            LongestRateLoss = Times.LongestRateLoss,
            PageRetryDelay = TimeSpan.FromMilliseconds(200),
            MaxWindow = isWide ? 200 : random.Between(2, 30),
            DueWindow = isWide ? 50 : random.Between(2, 12),
            PageSize = isWide ? 50 : random.Between(1, 8),
            MaxOutstandingPages = random.Between(1, 4),
            MaxGrantsPerExchange = random.Between(1, 6),
            MaxTenants = isWide ? 50 : random.Between(1, 6),
        };
    }

    private static FaultPlan Faults(Randomness random) => new()
    {
        Messages = random.Chance(0.5)
            ? MessageFaults.None
            : new MessageFaults(random.Unit() * 0.05, random.Unit() * 0.05, random.Unit() * 0.1, random.Milliseconds(20, 3_000)),
        Store = random.Chance(0.5)
            ? StoreFaults.None
            : new StoreFaults(random.Unit() * 0.08, random.Unit(), random.Unit() * 0.05, random.Milliseconds(50, 3_000)),
        Kinds = [.. Enum.GetValues<FaultKind>().Where(_ => random.Chance(0.35))],
        Period = random.Milliseconds(2_000, 8_000),
    };
}
