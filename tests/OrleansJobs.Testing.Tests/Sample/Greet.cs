namespace OrleansJobs.Testing.Tests.Sample;

public sealed record Greet(string Name);
