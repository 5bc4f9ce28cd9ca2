namespace OrleansJobs.Workers.Tests;

/// <summary>The payload of the tests' jobs.</summary>
public sealed record Work(string Name);
