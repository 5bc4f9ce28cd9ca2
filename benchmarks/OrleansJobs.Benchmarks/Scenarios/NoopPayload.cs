namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>A payload of a chosen size.</summary>
internal sealed record NoopPayload(string Text);
