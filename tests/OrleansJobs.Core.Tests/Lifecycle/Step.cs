using FsCheck;
using FsCheck.Fluent;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using RetryPolicies = OrleansJobs.Retry;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>
/// One step of a random walk. What it names is relative to the job, so that walks stay meaningful when they are shortened: 0 is the token
/// last handed out, 1 the one before, -1 one that nobody has.
/// </summary>
internal sealed record Step(StepKind Kind, int TokensAgo, string Silo, int Minutes, int SecondsLater)
{
    public static readonly RetryPolicy Policy = RetryPolicies.Fixed(1, TimeSpan.FromSeconds(45));
    private static readonly string[] Silos = ["silo-a", "silo-b", "silo-c"];

    /// <summary>Starts and current tokens are frequent, so that walks get somewhere.</summary>
    public static Gen<Step> Any { get; } =
        from kind in Gen.Frequency(
            (4, Gen.Constant(StepKind.Start)), (5, Gen.Elements(Enum.GetValues<StepKind>())))
        from tokensAgo in Gen.Frequency((6, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Choose(-2, 3)))
        from silo in Gen.Elements(Silos)
        from minutes in Gen.Choose(0, 3)
        from later in Gen.Elements(0, 0, 1, 30, 45, 200)
        select new Step(kind, tokensAgo, silo, minutes, later);

    /// <summary>Walks that shrink by leaving steps out.</summary>
    public static Arbitrary<List<Step>> Walks { get; } = Arb.From(
        Any.ListOf(40).Select(steps => steps.ToList()),
        steps => Enumerable.Range(0, steps.Count).Select(skipped => steps.Where((_, index) => index != skipped).ToList()));

    public TimeSpan Delay => TimeSpan.FromMinutes(Minutes);

    public JobCommand ToCommand(long lastToken)
    {
        var token = lastToken - TokensAgo;
        return Kind switch
        {
            StepKind.Start => new Start(Silo),
            StepKind.StartAmongSuspects => new Start(Silo, Place: StartPlace.AmongSuspects),
            StepKind.StartAlone => new Start(Silo, Place: StartPlace.Alone),
            StepKind.PutOff => new PutOff(Delay),
            StepKind.EndIsolation => new EndIsolation(token),
            StepKind.ExpireDead => new Expire(Silo, SiloIsDead: true),
            StepKind.Complete => new Complete(token, new byte[] { 1 }),
            StepKind.Fail => new Fail(token, Sample.Boom, Policy, Random: 0.5),
            StepKind.FailForGood => new Fail(token, Sample.Boom, Policy, Random: 0.5, Retryable: false),
            StepKind.FailLater => new Fail(token, Sample.Boom, Policy, Random: 0.5, RetryAfter: Delay),
            StepKind.Snooze => new Snooze(token, Delay),
            StepKind.Abandon => new Abandon(token, "stopped"),
            StepKind.Release => new Release(token),
            StepKind.Report => new Report(token, new JobProgress(0.5, null, Sample.Now), null),
            StepKind.Expire => new Expire(Silo),
            StepKind.ExpireToken => new Expire(Silo, token),
            StepKind.Cancel => new Cancel(null),
            StepKind.RetryNow => new RetryNow(),
            _ => new SendToDeadLetters("given up"),
        };
    }
}
