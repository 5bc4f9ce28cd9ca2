using SQLitePCL;

namespace OrleansJobs.Sqlite;

/// <summary>
/// A thin connection over the SQLite library itself: statements are prepared once and bound without an object per value, which is most
/// of what a row costs. Used by one thread at a time.
/// </summary>
internal sealed class SqliteConnection : IDisposable
{
    // SQLITE_DBCONFIG_ENABLE_TRIGGER, for which the library has no name.
    private const int EnableTrigger = 1003;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteConnection()
    {
        // Statistics of memory nobody reads would cost a lock for each allocation. Has no effect if SQLite is in use already.
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Whether no transaction is open.</summary>
    public bool IsAutocommit => raw.sqlite3_get_autocommit(_handle) != 0;

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <exception cref="SqliteError">The file cannot be opened.</exception>
    public static SqliteConnection Open(string path, bool readOnly, TimeSpan busyTimeout)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var error = new SqliteError(raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
            handle.Dispose();
            throw error;
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds);
        return new SqliteConnection(handle);
    }

    /// <summary>
    /// Leaves out the triggers in statements that are prepared from now on: each costs every row a program of its own, even when it has
    /// nothing to do. They are for the statements of other programs.
    /// </summary>
    public void DisableTriggers() => ThrowUnlessOk(raw.sqlite3_db_config(_handle, EnableTrigger, 0, out _));

    /// <summary>A statement, prepared the first time it is asked for.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(_handle, sql, out var handle);
            ThrowUnlessOk(code);
            statement = new SqliteStatement(this, handle);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that takes and gives nothing.</summary>
    public void Execute(string sql) => Prepare(sql).Run();

    /// <summary>Runs several statements that will not be needed again.</summary>
    public void ExecuteScript(string sql) => ThrowUnlessOk(raw.sqlite3_exec(_handle, sql));

    /// <summary>Runs statements in a transaction that holds the write lock from its start.</summary>
    public void InTransaction(Action body)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            body();
            Execute("COMMIT");
        }
        catch
        {
            RollbackIfOpen();
            throw;
        }
    }

    /// <summary>The first column of the first row.</summary>
    public long ReadLong(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Long(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _handle.Dispose();
    }

    internal void ThrowUnlessOk(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteError(raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    private void RollbackIfOpen()
    {
        // After some errors, a full disk among them, SQLite has rolled back by itself.
        if (!IsAutocommit)
        {
            Execute("ROLLBACK");
        }
    }
}
