using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Grains.Schema;

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
}
