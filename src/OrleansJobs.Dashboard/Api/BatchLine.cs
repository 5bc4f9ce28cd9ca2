namespace OrleansJobs.Dashboard.Api;

/// <summary>A job in a batch, as JSON.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Json">The job.</param>
internal readonly record struct BatchLine(int Number, ReadOnlyMemory<byte> Json);
