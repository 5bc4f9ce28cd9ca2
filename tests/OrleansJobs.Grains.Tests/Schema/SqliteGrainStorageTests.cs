using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Tests.Schema;

public sealed class SqliteGrainStorageTests : GrainStorageTests, IDisposable
{
    private readonly TemporarySqlite _file = new();

    public void Dispose() => _file.Dispose();

    protected override async Task<(string Invariant, string ConnectionString)> PrepareAsync()
    {
        // As the job store opens it, before the tables come into it: without WAL a write that is answered may yet meet a reader when it commits.
        _file.Execute("PRAGMA journal_mode = WAL");
        await SchemaTables.OfSqlite(_file.ConnectionString).ApplyAsync();
        return (SchemaSilo.Sqlite, _file.ConnectionString);
    }
}
