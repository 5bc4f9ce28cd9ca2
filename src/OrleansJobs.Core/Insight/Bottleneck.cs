using System.Globalization;

namespace OrleansJobs.Core.Insight;

/// <summary>Finds what keeps a class from doing more, and says what shows it.</summary>
internal static class Bottleneck
{
    /// <summary>A backlog whose jobs wait less is none: they start as they come.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    /// <summary>Periods that make the present.</summary>
    private const int RecentPoints = 6;

    /// <summary>A limit that is used to this part on average is used up, even if it is not at the moment.</summary>
    private const double UsedUp = 0.9;

    /// <summary>The verdict on a class.</summary>
    public static ClassVerdict Find(VerdictFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var recent = Recent.Of(facts.Points, RecentPoints);
        var verdict = Stopped(facts) ?? Held(facts, recent) ?? KeepsUp(facts);
        return verdict with { DrainTime = DrainTime(facts, recent), Evidence = [.. verdict.Evidence, .. Evidence(facts, recent)] };
    }

    private static ClassVerdict? Stopped(VerdictFacts facts) =>
        facts.Settings.Paused ? new(VerdictKind.Paused, Text($"The class is paused; {facts.Backlog} jobs wait."))
        : facts.Load.Permits == 0 ? new(VerdictKind.NoSilo, Text($"No silo takes jobs of the class; {facts.Backlog} jobs wait."))
        : null;

    private static ClassVerdict? Held(VerdictFacts facts, Recent recent) => facts.OldestWait < ShortWait ? null : facts.Holds switch
    {
        WaitReason.Rate => RateLimited(facts, recent),
        WaitReason.TenantCap => new(
            VerdictKind.TenantCapped,
            Text($"Every tenant that has jobs waiting runs {facts.Settings.MaxConcurrentJobsPerTenant}, which is as many as one tenant may."))
        {
            Evidence = [Text($"{Free(facts)} of {facts.Load.Permits} slots are free.")],
        },
        WaitReason.PoolFull or WaitReason.ClassCap or WaitReason.TenantShare => Full(facts, recent),
        WaitReason.Dispatching => Lately(facts, recent),
        _ => null,
    };

    /// <summary>Nothing holds the next job back at this very moment; what did so lately?</summary>
    private static ClassVerdict? Lately(VerdictFacts facts, Recent recent) =>
        recent.Running >= UsedUp * facts.Load.Permits ? Full(facts, recent)
        : !facts.Settings.Rate.IsUnlimited && recent.StartsPerSecond >= UsedUp * PerSecond(facts.Settings.Rate) ? RateLimited(facts, recent)
        : null;

    private static ClassVerdict RateLimited(VerdictFacts facts, Recent recent) =>
        new(VerdictKind.RateLimited, Text($"The rate of {facts.Settings.Rate} is used up; {facts.Backlog} jobs wait."))
        {
            Evidence = [Text($"{recent.StartsPerSecond:0.##} attempts start a second, with {Free(facts)} slots free.")],
        };

    private static ClassVerdict Full(VerdictFacts facts, Recent recent)
    {
        var running = Math.Max(1, facts.Load.Running);
        if (facts.Contention is not { } model)
        {
            return PoolLimited(facts) with
            {
                GainOfOneMorePermit = recent.EndsPerSecond / Math.Max(1, recent.Running),
                Evidence = ["How run time depends on the number of slots is not known: in the last hour about as many ran all the time."],
            };
        }

        var verdict = model.IsSlowedDown
            ? new(VerdictKind.DownstreamSlows, Text($"Jobs take longer the more of them run: more slots than {facts.Load.Permits} add little."))
            : PoolLimited(facts);
        return verdict with
        {
            GainOfOneMorePermit = model.ThroughputAt(running + 1) - model.ThroughputAt(running),
            Evidence = [Text($"A job took {model.Few.Seconds:0.###} s with {model.Few.Running:0.#} at once and {model.Many.Seconds:0.###} s with {model.Many.Running:0.#}.")],
        };
    }

    private static ClassVerdict PoolLimited(VerdictFacts facts)
    {
        var limit = facts.Holds == WaitReason.ClassCap
            ? Text($"{facts.Settings.MaxConcurrentJobs} jobs that the cluster may run at once")
            : Text($"{facts.Load.Permits} slots");
        return new(VerdictKind.PoolLimited, Text($"All {limit} are taken; {facts.Backlog} jobs wait."));
    }

    private static ClassVerdict KeepsUp(VerdictFacts facts) => new(
        VerdictKind.KeepsUp,
        facts.Backlog == 0 ? "Jobs start as they come." : Text($"Jobs start as they come; {facts.Backlog} are on their way to a slot."));

    private static TimeSpan? DrainTime(VerdictFacts facts, Recent recent)
    {
        var shrinks = recent.FinishesPerSecond - recent.ArrivalsPerSecond;
        return facts.Backlog > 0 && shrinks > 0 ? TimeSpan.FromSeconds(Math.Min(facts.Backlog / shrinks, TimeSpan.MaxValue.TotalSeconds / 2)) : null;
    }

    private static IEnumerable<string> Evidence(VerdictFacts facts, Recent recent)
    {
        yield return Text($"{facts.Load.Running} of {facts.Load.Permits} slots are taken.");
        if (facts.OldestWait > TimeSpan.Zero)
        {
            yield return Text($"The job at the head has waited {facts.OldestWait.TotalSeconds:0.#} s.");
        }

        yield return Text(
            $"In the last {recent.Seconds:0} s: {recent.ArrivalsPerSecond:0.##} jobs came and {recent.FinishesPerSecond:0.##} ended a second.");
    }

    private static int Free(VerdictFacts facts) => Math.Max(0, facts.Load.Permits - facts.Load.Running);

    private static double PerSecond(Rate rate) => rate.Permits / rate.Period.TotalSeconds;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
