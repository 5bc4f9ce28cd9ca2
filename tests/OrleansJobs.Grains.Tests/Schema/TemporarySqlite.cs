using Microsoft.Data.Sqlite;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>A folder with an SQLite file that is deleted with the test.</summary>
public sealed class TemporarySqlite : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orleansjobs-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "jobs.db");

    public string ConnectionString => $"Data Source={Path}";

    public object? Execute(string sql)
    {
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
