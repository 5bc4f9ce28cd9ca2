namespace OrleansJobs.Sqlite;

/// <summary>Tells when a file was written, as long as it listens.</summary>
internal interface ISqliteFileSignal : IDisposable
{
    /// <summary>Begins to listen, or ends it.</summary>
    /// <exception cref="IOException">The system has no watch left, or the folder is gone.</exception>
    void Listen(bool listen);
}
