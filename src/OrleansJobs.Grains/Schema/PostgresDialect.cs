using System.Data.Common;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Schema;

/// <summary>PostgreSQL, with grain storage and membership.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    internal const string Invariant = "Npgsql";

    // Any constant will do, as long as nothing else in the database takes the same one.
    private const long LockKey = 0x4F6A_5363_6865_6D61;

    private const string NoDatabase = "3D000";
    private const string InvalidPassword = "28P01";
    private const string InvalidAuthorization = "28000";
    private const string NoPrivilege = "42501";
    private const string ProtocolViolation = "08P01";

    private const string BehindAPooler =
        "It is behind a connection pooler that does not pass the search path on: name the server itself in DirectConnectionString "
        + "(JobGrid:Postgres:DirectConnectionString).";

    private static readonly SchemaScript Tables = SchemaScript.Load("Postgres.persistence", "Postgres.clustering");

    public override SchemaScript Script => Tables;

    // Looks where CREATE TABLE would put it, not along the whole search path: that is the table to be kept apart from. It reads the
    // catalog as a table, because to_regclass may go on answering "none" from its cache after the wait for the lock.
    public override string TableExists =>
        """
        SELECT EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                       WHERE c.relname = 'orleansquery' AND n.nspname = current_schema())
        """;

    public override async Task CheckAsync(DbTransaction transaction, StoreDatabase database, CancellationToken cancellationToken)
    {
        var schema = await SchemaTransaction.ScalarAsync(transaction, "SELECT current_schema()::text", cancellationToken) as string;
        if (database.Schema is { } wanted && schema != wanted)
        {
            throw new StoreSetupException($"{database.Description} does not keep to the schema '{wanted}' on Orleans' connections. {BehindAPooler}");
        }

        if (schema is null)
        {
            throw new StoreSetupException($"{database.Description} has no schema that the search path names. Create it, or set Schema, which is then made.");
        }
    }

    public override Task LockAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        SchemaTransaction.ExecuteAsync(transaction, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);

    public override string Explain(Exception exception) => exception switch
    {
        DbException { SqlState: NoDatabase } => "does not exist. Create it before silos start.",
        DbException { SqlState: InvalidPassword or InvalidAuthorization } => "refuses the user name or password.",
        DbException { SqlState: NoPrivilege } =>
            "does not let this user make the Orleans tables. Grant CREATE on the schema, or start one silo as the schema's owner.",
        DbException { SqlState: ProtocolViolation } when exception.Message.Contains("startup parameter", StringComparison.Ordinal) =>
            $"refuses Orleans' connections ({exception.Message}). {BehindAPooler}",
        DbException { SqlState: { } state } => $"refused the Orleans tables ({state}): {exception.Message}",
        _ => $"cannot be reached: {exception.Message}",
    };
}
