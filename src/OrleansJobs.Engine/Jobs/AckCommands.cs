using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Engine.Jobs;

/// <summary>Makes the core's command from an ack, adding policy and randomness.</summary>
internal static class AckCommands
{
    public static JobCommand From(AttemptAck ack, RetryPolicy policy, Random random)
    {
        var command = Of(ack, policy, random);
        return ack.TraceParent is null ? command : command with { TraceParent = ack.TraceParent };
    }

    private static LeaseCommand Of(AttemptAck ack, RetryPolicy policy, Random random) => ack.Outcome switch
    {
        AttemptOutcome.Succeeded => new Complete(ack.LeaseToken, ack.Result),
        AttemptOutcome.Snoozed => new Snooze(ack.LeaseToken, ack.Delay ?? TimeSpan.Zero),
        AttemptOutcome.Cancelled => new Abandon(ack.LeaseToken, ack.Error?.Message ?? "cancelled"),
        AttemptOutcome.Released => new Release(ack.LeaseToken),
        _ => new Fail(
            ack.LeaseToken, ack.Error ?? new JobError(JobError.Retry, "no reason given"), policy, random.NextDouble(), ack.Retryable, ack.Delay),
    };
}
