namespace OrleansJobs.Core.Dispatch;

/// <summary>An attempt that has to stop, because its job is to be cancelled.</summary>
/// <param name="Lease">The lease under which it runs.</param>
/// <param name="LeaseToken">
/// The token of the attempt that was meant: one that a later retry has started under the lease goes on. Null if it is whichever runs under it.
/// </param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public readonly record struct StopOrder([property: Id(0)] LeaseId Lease, [property: Id(1)] long? LeaseToken);
