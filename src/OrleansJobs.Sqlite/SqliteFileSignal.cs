namespace OrleansJobs.Sqlite;

/// <summary>The operating system's word on the write-ahead log of a file.</summary>
internal sealed class SqliteFileSignal : ISqliteFileSignal
{
    private readonly FileSystemWatcher _files;

    /// <param name="path">The database.</param>
    /// <param name="written">Its log was written.</param>
    /// <param name="failed">The system does not tell any more.</param>
    public SqliteFileSignal(string path, Action written, Action<Exception> failed)
    {
        _files = new FileSystemWatcher(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path) + "-wal")
        {
            NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.FileName,
        };
        _files.Changed += (_, _) => written();
        _files.Created += (_, _) => written();
        _files.Error += (_, error) => failed(error.GetException());
    }

    public void Listen(bool listen) => _files.EnableRaisingEvents = listen;

    public void Dispose() => _files.Dispose();
}
