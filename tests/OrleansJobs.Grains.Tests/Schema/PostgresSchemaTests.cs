using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Tests.Schema;

[Collection(PostgresCollection.Name)]
public sealed class PostgresSchemaTests(PrivatePostgres server)
{
    private static Task ApplyAsync(string database) => SchemaTables.OfPostgres(database).ApplyAsync();

    [SkippableFact]
    public async Task Apply_FromManyTasksAtOnce_WritesTheSchemaOnce()
    {
        var database = await server.CreateDatabaseAsync();

        var written = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => SchemaTables.OfPostgres(database).WriteAsync(CancellationToken.None))));

        Assert.Single(written, wrote => wrote);
        Assert.Equal(15L, await PrivatePostgres.ExecuteAsync(database, "SELECT count(*) FROM OrleansQuery"));
    }

    [SkippableFact]
    public async Task Apply_Again_ChangesNothing()
    {
        var database = await server.CreateDatabaseAsync();

        Assert.True(await SchemaTables.OfPostgres(database).WriteAsync(CancellationToken.None));
        Assert.False(await SchemaTables.OfPostgres(database).WriteAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Apply_WithAnOlderQueryText_ReplacesItAndKeepsState()
    {
        var database = await server.CreateDatabaseAsync();
        await ApplyAsync(database);
        await PrivatePostgres.ExecuteAsync(database, """
            UPDATE OrleansQuery SET QueryText = 'old' WHERE QueryKey = 'ReadFromStorageKey';
            INSERT INTO orleans_cluster VALUES ('kept', 7)
            """);

        await ApplyAsync(database);

        Assert.StartsWith(
            "SELECT payload",
            (string?)await PrivatePostgres.ExecuteAsync(database, "SELECT QueryText FROM OrleansQuery WHERE QueryKey = 'ReadFromStorageKey'"));
        Assert.Equal(7, await PrivatePostgres.ExecuteAsync(database, "SELECT version FROM orleans_cluster"));
    }

    [SkippableFact]
    public async Task Apply_ToADatabaseMadeForAnEarlierOrleans_AddsTheQueriesItLacksAndKeepsTheSilos()
    {
        var database = await server.CreateDatabaseAsync();
        await ApplyAsync(database);
        await (await PostgresMembershipTests.OpenTableAsync(database)).InsertRowAsync(PostgresMembershipTests.Silo(1), new TableVersion(1, "0"));
        await PrivatePostgres.ExecuteAsync(database, "DELETE FROM OrleansQuery WHERE QueryKey = 'CleanupDefunctSiloEntryKey'");

        await ApplyAsync(database);

        Assert.Equal(15L, await PrivatePostgres.ExecuteAsync(database, "SELECT count(*) FROM OrleansQuery"));
        var members = await (await PostgresMembershipTests.OpenTableAsync(database)).ReadAllAsync();
        Assert.Equal((1, "1"), (Assert.Single(members.Members).Item1.SiloAddress.Endpoint.Port, members.Version.VersionEtag));
    }

    [SkippableFact]
    public async Task Apply_OverTheTablesOfAnotherApplication_IsRefusedAndChangesNothing()
    {
        var database = await server.CreateDatabaseAsync();
        await PrivatePostgres.ExecuteAsync(database, """
            CREATE TABLE OrleansQuery (QueryKey varchar(64) PRIMARY KEY, QueryText varchar(8000));
            INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', 'theirs')
            """);

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(database));

        Assert.Contains("another application", error.Message, StringComparison.Ordinal);
        Assert.Equal("theirs", await PrivatePostgres.ExecuteAsync(database, "SELECT QueryText FROM OrleansQuery"));
    }

    [SkippableFact]
    public async Task Apply_WithASearchPathOfItsOwn_StandsBesideTheTablesOfAnotherApplication()
    {
        var database = await server.CreateDatabaseAsync();
        await PrivatePostgres.ExecuteAsync(database, """
            CREATE TABLE OrleansQuery (QueryKey text PRIMARY KEY, QueryText text);
            INSERT INTO OrleansQuery VALUES ('ReadFromStorageKey', 'theirs');
            CREATE SCHEMA jobs
            """);

        await ApplyAsync($"{database};Search Path=jobs,public");

        Assert.Equal(15L, await PrivatePostgres.ExecuteAsync(database, "SELECT count(*) FROM jobs.OrleansQuery"));
        Assert.Equal("theirs", await PrivatePostgres.ExecuteAsync(database, "SELECT QueryText FROM public.OrleansQuery"));
    }

    [SkippableFact]
    public async Task Apply_ToANewerSchema_IsRefused()
    {
        var database = await server.CreateDatabaseAsync();
        await ApplyAsync(database);
        await PrivatePostgres.ExecuteAsync(database, "UPDATE OrleansQuery SET QueryText = '2' WHERE QueryKey = 'OrleansJobsSchemaVersion'");

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(database));

        Assert.Contains("version 2", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Apply_ByARoleWithoutCreate_IsRefusedUntilTheOwnerHasApplied()
    {
        var database = await server.CreateDatabaseAsync();
        var role = $"role_{Guid.NewGuid():N}";
        await PrivatePostgres.ExecuteAsync(database, $"REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {role} LOGIN");
        var restricted = new NpgsqlConnectionStringBuilder(database) { Username = role }.ConnectionString;

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(restricted));
        Assert.Contains("Grant CREATE", error.Message, StringComparison.Ordinal);

        await ApplyAsync(database);
        await PrivatePostgres.ExecuteAsync(database, $"GRANT SELECT ON OrleansQuery TO {role}");
        await ApplyAsync(restricted);
    }

    [SkippableFact]
    public async Task Apply_ToADatabaseThatIsMissing_SaysSo()
    {
        var database = await server.CreateDatabaseAsync();
        var missing = new NpgsqlConnectionStringBuilder(database) { Database = "nowhere" }.ConnectionString;

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync(missing));

        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Apply_WithASearchPathToNowhere_SaysSo()
    {
        var database = await server.CreateDatabaseAsync();

        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync($"{database};Search Path=nowhere"));

        Assert.Contains("search path", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ToAServerThatDoesNotAnswer_NamesItWithoutThePassword()
    {
        var error = await Assert.ThrowsAsync<StoreSetupException>(
            () => ApplyAsync("Host=127.0.0.1;Port=1;Username=u;Password=hunter2;Database=d"));

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_WithAConnectionStringOfNonsense_SaysSo()
    {
        var error = await Assert.ThrowsAsync<StoreSetupException>(() => ApplyAsync("Hots=127.0.0.1"));

        Assert.Contains("connection string", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Apply_Cancelled_EndsAsCancelled()
    {
        var database = await server.CreateDatabaseAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => SchemaTables.OfPostgres(database).ApplyAsync(new CancellationToken(canceled: true)));
    }
}
