namespace OrleansJobs.Grains.Schema;

/// <summary>
/// SQLite, with grain storage. Its transactions hold the write lock from their begin, so nobody else writes between the look and the change.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    internal const string Invariant = "System.Data.SQLite";

    private static readonly SchemaScript Tables = SchemaScript.Load("Sqlite.persistence");

    public override SchemaScript Script => Tables;

    public override string TableExists =>
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'OrleansQuery' COLLATE NOCASE)";

    public override string Explain(Exception exception) => $"refused the Orleans tables: {exception.Message}";
}
