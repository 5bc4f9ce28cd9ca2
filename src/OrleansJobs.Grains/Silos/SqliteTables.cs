using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Silos;

/// <summary>Orleans' tables beside the jobs in SQLite.</summary>
internal sealed class SqliteTables(string path, ILogger<SqliteTables> logger) : IOrleansTables
{
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder { DataSource = path }.ToString();

    public Task ApplyAsync(CancellationToken cancellationToken) =>
        OrleansSchema.ApplySqliteAsync(ConnectionString(path), logger, cancellationToken);
}
