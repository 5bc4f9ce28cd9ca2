namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>A chosen scenario needs PostgreSQL, and there is none.</summary>
internal sealed class PostgresMissingException(string why) : Exception(why);
