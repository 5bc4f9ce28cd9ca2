namespace OrleansJobs.Core.Dispatch;

/// <summary>Jobs that the dispatcher wants from the store.</summary>
/// <param name="Limit">How many at most; fewer mean that there are no more.</param>
public abstract record PageRequest(int Limit);
