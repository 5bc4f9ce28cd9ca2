namespace OrleansJobs.Core.Dispatch;

/// <summary>The identity of one lease.</summary>
/// <param name="Epoch">The dispatcher's life that gave it.</param>
/// <param name="Number">Its number in that life, from 1.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public readonly record struct LeaseId([property: Id(0)] long Epoch, [property: Id(1)] long Number);
