using System.Globalization;

namespace OrleansJobs.Core.Insight;

/// <summary>Finds what keeps a class from doing more, and says what shows it.</summary>
public static class Bottleneck
{
    /// <summary>A backlog whose jobs wait less is none: they start as they come.</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(1);

    /// <summary>Periods that make the present.</summary>
    private const int RecentPoints = 6;

    /// <summary>Slots pay as long as one more of them adds at least this part of what the first one did.</summary>
    private const double MinYield = 0.5;

    /// <summary>The verdict on a class.</summary>
    public static ClassVerdict Find(VerdictFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var recent = Recent.Of(facts.Points, RecentPoints);
        var verdict = Stopped(facts) ?? Held(facts, recent) ?? KeepsUp(facts, recent);
        return verdict with { DrainTime = DrainTime(facts, recent), Evidence = [.. verdict.Evidence, .. Evidence(facts, recent)] };
    }

    private static ClassVerdict? Stopped(VerdictFacts facts) =>
        facts.Settings.Paused ? new(VerdictKind.Paused, Text($"The class is paused; {facts.Backlog} jobs wait."))
        : facts.Load.Permits == 0 ? new(VerdictKind.NoSilo, Text($"No silo takes jobs of the class; {facts.Backlog} jobs wait."))
        : null;

    private static ClassVerdict? Held(VerdictFacts facts, Recent recent) => facts.OldestWait < ShortWait ? null : facts.Holds switch
    {
        WaitReason.Rate => new(VerdictKind.RateLimited, Text($"The rate of {facts.Settings.Rate} is used up; {facts.Backlog} jobs wait."))
        {
            Evidence = [Text($"{recent.StartsPerSecond:0.##} attempts start a second, with {facts.Load.Permits - facts.Load.Running} slots free.")],
        },
        WaitReason.TenantCap => new(
            VerdictKind.TenantCapped,
            Text($"Every tenant that has jobs waiting runs {facts.Settings.MaxConcurrentJobsPerTenant}, which is as many as one tenant may."))
        {
            Evidence = [Text($"{facts.Load.Permits - facts.Load.Running} of {facts.Load.Permits} slots are free.")],
        },
        WaitReason.PoolFull or WaitReason.ClassCap or WaitReason.TenantShare => Full(facts, recent),
        _ => null,
    };

    private static ClassVerdict Full(VerdictFacts facts, Recent recent)
    {
        var running = Math.Max(1, recent.Running);
        var limit = facts.Holds == WaitReason.ClassCap
            ? Text($"{facts.Settings.MaxConcurrentJobs} jobs that the cluster may run at once")
            : Text($"{facts.Load.Permits} slots");
        if (ContentionModel.Fit(facts.Points) is not { } model)
        {
            return new(VerdictKind.PoolLimited, Text($"All {limit} are taken; {facts.Backlog} jobs wait."))
            {
                GainOfOneMorePermit = recent.EndsPerSecond / running,
                Evidence = ["How run time depends on the number of slots is not known: it was always about the same."],
            };
        }

        var gain = model.ThroughputAt(running + 1) - model.ThroughputAt(running);
        var yield = model.Base / (model.Base + (model.Slope * running));
        var shape = Text($"A job takes {model.Base + model.Slope:0.###} s alone and {model.Base + (model.Slope * running):0.###} s with {running:0} at once.");
        return yield < MinYield
            ? new(VerdictKind.DownstreamSlows, Text($"Jobs take longer the more of them run: more slots than {facts.Load.Permits} add little."))
            {
                GainOfOneMorePermit = gain,
                Evidence = [shape],
            }
            : new(VerdictKind.PoolLimited, Text($"All {limit} are taken; {facts.Backlog} jobs wait."))
            {
                GainOfOneMorePermit = gain,
                Evidence = [shape],
            };
    }

    private static ClassVerdict KeepsUp(VerdictFacts facts, Recent recent) => new(
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

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
