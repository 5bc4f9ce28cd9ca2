using OrleansJobs.Client.Grains;

namespace OrleansJobs.Grains.Jobs;

/// <summary>Outcomes of submits on the wire.</summary>
internal static class SubmitReplies
{
    public static SubmitReceipt ToReceipt(this SubmitOutcome outcome) => new(outcome.Id, outcome.Status);

    public static Reply<SubmitReceipt> ToReply(this SubmitOutcome outcome) => outcome.Error is { } error
        ? Reply<SubmitReceipt>.Failed(error)
        : Reply<SubmitReceipt>.Of(outcome.ToReceipt());
}
