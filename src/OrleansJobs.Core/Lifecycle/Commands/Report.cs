namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Stores the progress and the checkpoint of the running attempt.</summary>
/// <param name="LeaseToken">The token that the start answered with.</param>
/// <param name="Progress">The progress; null leaves it as it is.</param>
/// <param name="Checkpoint">The checkpoint; null leaves it as it is.</param>
public sealed record Report(long LeaseToken, JobProgress? Progress, ReadOnlyMemory<byte>? Checkpoint) : LeaseCommand(LeaseToken);
