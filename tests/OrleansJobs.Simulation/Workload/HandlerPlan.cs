using OrleansJobs.Simulation.Engine;

namespace OrleansJobs.Simulation.Workload;

/// <summary>What a handler does in an attempt.</summary>
internal enum HandlerResult
{
    Success,
    Throw,
    Retry,
    Snooze,
    GiveUp,
    Cancel,

    /// <summary>It ends its silo.</summary>
    EndSilo,
}

/// <summary>One call of a handler: the same for the same seed, job and lease token, whatever else happens.</summary>
/// <param name="Result">What it returns if nothing stops it.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="Delay">The delay of a snooze or a retry.</param>
/// <param name="Heeds">Whether it returns when it is asked to stop.</param>
/// <param name="Reaction">How long that takes.</param>
/// <param name="Reports">Whether it reports progress on the way.</param>
internal sealed record HandlerPlan(HandlerResult Result, TimeSpan Duration, TimeSpan? Delay, bool Heeds, TimeSpan Reaction, bool Reports)
{
    private const double HangingShare = 0.15;

    public static HandlerPlan Of(Scenario scenario, JobId job, string jobClass, long token)
    {
        var random = Randomness.For(scenario.Seed, job, token);
        if (scenario.IsKiller(job))
        {
            return new HandlerPlan(HandlerResult.EndSilo, random.Milliseconds(5, 2_500), null, Heeds: false, TimeSpan.Zero, Reports: false);
        }

        var plan = scenario.Class(jobClass);
        var result = random.Chance(plan.Trouble) ? Trouble(random) : HandlerResult.Success;
        TimeSpan? delay = result is HandlerResult.Snooze or HandlerResult.Retry ? random.Milliseconds(200, 4_000) : null;
        var hangs = random.Chance(plan.Trouble * HangingShare);
        var duration = hangs ? plan.Timeout + random.Milliseconds(100, 5_000) : random.Milliseconds(plan.RunTime.From, plan.RunTime.To);
        return new HandlerPlan(result, duration, delay, random.Chance(0.85), random.Milliseconds(1, 400), random.Chance(0.1));
    }

    private static HandlerResult Trouble(Randomness random) => random.Between(0, 11) switch
    {
        0 => HandlerResult.GiveUp,
        1 => HandlerResult.Cancel,
        2 or 3 => HandlerResult.Retry,
        4 or 5 or 6 => HandlerResult.Snooze,
        _ => HandlerResult.Throw,
    };
}
