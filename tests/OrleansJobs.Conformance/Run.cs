namespace OrleansJobs.Conformance;

/// <summary>An attempt that was seen.</summary>
public sealed record Run(string Name, int Attempt, long LeaseToken);
