using SQLitePCL;

namespace OrleansJobs.Sqlite;

/// <summary>What SQLite answered when it did not do as told. Stays inside the store.</summary>
internal sealed class SqliteError(int extendedCode, string message) : Exception(message)
{
    /// <summary>The primary result code.</summary>
    public int Code => ExtendedCode & 0xFF;

    public int ExtendedCode { get; } = extendedCode;

    /// <summary>Another connection holds what is needed; trying again may help.</summary>
    public bool IsBusy => Code is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    /// <summary>Only the row in hand is wrong; the transaction goes on.</summary>
    public bool IsOfRow => Code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH;

    /// <summary>The error for callers, naming the file.</summary>
    public GridUnavailableException ToUnavailable(string path) => new($"The job store '{path}' {Explanation()}.", this);

    /// <summary>The error for a start that failed, naming the file.</summary>
    public StoreSetupException ToSetup(string path) => new($"The job store '{path}' {Explanation()}.", this);

    private string Explanation() => Code switch
    {
        raw.SQLITE_FULL => "is full: the disk, or the size it is limited to, has no room",
        raw.SQLITE_READONLY => "is read-only",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "is kept busy by another process",
        raw.SQLITE_CANTOPEN => "cannot be opened: its directory is missing, or access is denied",
        raw.SQLITE_NOTADB => "is not a SQLite database",
        raw.SQLITE_CORRUPT => "is damaged",
        raw.SQLITE_IOERR => $"could not be read or written ({Message})",
        _ => $"failed: {Message}",
    };
}
