namespace OrleansJobs.Storage.Migrations;

/// <summary>One step of a schema.</summary>
/// <param name="Version">The schema's version after it, one more than before.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Version, string Sql);
