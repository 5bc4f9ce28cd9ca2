using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Tests.Schema;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporarySqlite _file = new();

    public void Dispose() => _file.Dispose();

    private static Task ApplyAsync(string connectionString) => SchemaTables.OfSqlite(connectionString).ApplyAsync();

    [Fact]
    public async Task Apply_FromManyTasksAtOnce_WritesTheSchemaOnce()
    {
        var written = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => SchemaTables.OfSqlite(_file.ConnectionString).WriteAsync(CancellationToken.None))));

        Assert.Single(written, wrote => wrote);
        Assert.Equal(5L, _file.Execute("SELECT count(*) FROM OrleansQuery"));
    }

    [Fact]
    public async Task Apply_Again_ChangesNothing()
    {
        Assert.True(await SchemaTables.OfSqlite(_file.ConnectionString).WriteAsync(CancellationToken.None));
        Assert.False(await SchemaTables.OfSqlite(_file.ConnectionString).WriteAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Apply_WithAnOlderQueryText_ReplacesIt()
    {
        await ApplyAsync(_file.ConnectionString);
        _file.Execute("UPDATE OrleansQuery SET QueryText = 'old' WHERE QueryKey = 'ReadFromStorageKey'");

        await ApplyAsync(_file.ConnectionString);

        Assert.StartsWith("SELECT payload", (string?)_file.Execute("SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ReadFromStorageKey'"));
    }

    [Fact]
    public async Task Apply_OverTheTablesOfAnotherApplication_IsRefusedAndChangesNothing()
    {
        _file.Execute("CREATE TABLE OrleansQuery (QueryKey TEXT, QueryText TEXT); INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', 'theirs')");

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(_file.ConnectionString));

        Assert.Contains("another application", error.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", _file.Execute("SELECT QueryText FROM OrleansQuery"));
    }

    [Fact]
    public async Task Apply_ToANewerSchema_IsRefused()
    {
        await ApplyAsync(_file.ConnectionString);
        _file.Execute("UPDATE OrleansQuery SET QueryText = '2' WHERE QueryKey = 'OrleansJobsSchemaVersion'");

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(_file.ConnectionString));

        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_InAFolderThatIsMissing_SaysSo()
    {
        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync("Data Source=/nowhere/jobs.db"));

        Assert.Contains("unable to open", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ToAReadOnlyFile_SaysSo()
    {
        _file.Execute("CREATE TABLE theirs (id INTEGER)");

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync($"{_file.ConnectionString};Mode=ReadOnly"));

        Assert.Contains("readonly", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ToAFileOfAnotherKind_SaysSo()
    {
        await File.WriteAllTextAsync(_file.Path, new string('x', 4096));

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(_file.ConnectionString));

        Assert.Contains("not a database", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_WhileAnotherHoldsTheWriteLock_GivesUpAfterTheTimeout()
    {
        await ApplyAsync(_file.ConnectionString);
        using var other = new Microsoft.Data.Sqlite.SqliteConnection(_file.ConnectionString);
        other.Open();
        using var transaction = other.BeginTransaction();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync($"{_file.ConnectionString};Default Timeout=1"));

        Assert.Contains("locked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_WithAConnectionStringOfNonsense_SaysSo()
    {
        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync("Fiel=jobs.db"));

        Assert.Contains("connection string", error.Message, StringComparison.Ordinal);
    }
}
