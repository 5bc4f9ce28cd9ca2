using System.Data.Common;

namespace OrleansJobs.Grains.Schema;

/// <summary>
/// SQLite, with grain storage. Its transactions hold the write lock from their begin, so nobody else writes between the look and the change.
/// </summary>
internal sealed class SqliteDialect : SqlDialect
{
    internal const string Invariant = "System.Data.SQLite";

    // Primary result codes of SQLite, https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private static readonly SchemaScript Tables = SchemaScript.Load("Sqlite.persistence");

    public override SchemaScript Script => Tables;

    public override string TableExists =>
        "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'OrleansQuery' COLLATE NOCASE)";

    public override string Explain(Exception exception) => (exception as DbException)?.ErrorCode switch
    {
        CannotOpen => "cannot be opened. Check that its folder exists and may be written.",
        ReadOnly => "is read-only. Silos have to write it.",
        Busy => "stayed locked by another process for too long.",
        NotADatabase => "is a file of another kind, or encrypted.",
        _ => $"refused the Orleans tables: {exception.Message}",
    };
}
