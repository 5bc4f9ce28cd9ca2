using Npgsql;

namespace OrleansJobs.Grains.Tests.Schema;

[Collection(PostgresCollection.Name)]
public sealed class PostgresGrainStorageTests(PrivatePostgres server) : GrainStorageTests
{
    protected override async Task<(string Invariant, string ConnectionString)> PrepareAsync()
    {
        var database = await server.CreateDatabaseAsync();
        await SchemaTables.OfPostgres(database).ApplyAsync();
        return (SchemaSilo.Npgsql, database);
    }

    [SkippableTheory]
    [InlineData("off", "on")]
    [InlineData("local", "local")]
    public async Task EachChange_WhereCommitsAreAnsweredEarly_InsistsOnTheDisk(string set, string used)
    {
        var (invariant, database) = await PrepareAsync();
        await PrivatePostgres.ExecuteAsync(
            database,
            $"""
            ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET synchronous_commit = {set};
            CREATE TABLE seen (value text);
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
            CREATE TRIGGER see AFTER INSERT OR UPDATE OR DELETE ON orleans_grain_state FOR EACH ROW EXECUTE FUNCTION see();
            """);
        NpgsqlConnection.ClearAllPools();
        await using var silo = await SchemaSilo.StartWithStorageAsync(invariant, database, deleteOnClear: true);
        var state = new GrainState<Note> { State = new Note() };
        var id = GrainId.Create("note", "key:1");

        await silo.Storage.WriteStateAsync("note", id, state);
        await silo.Storage.WriteStateAsync("note", id, state);
        await silo.Storage.ClearStateAsync("note", id, state);

        Assert.Equal($"{used},{used},{used}", await PrivatePostgres.ExecuteAsync(database, "SELECT string_agg(value, ',') FROM seen"));
    }
}
