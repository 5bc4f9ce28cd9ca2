using System.Text.Json.Serialization;

namespace OrleansJobs.Storage.Rows;

/// <summary>How the JSON columns are written and read, without reflection.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<JobAttempt>))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(JobError))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
