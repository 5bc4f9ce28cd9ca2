using Microsoft.Extensions.Logging;

namespace OrleansJobs.Sqlite;

/// <summary>What the SQLite store logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(1, LogLevel.Information, "The job store '{Path}' is open.")]
    public static partial void Opened(this ILogger logger, string path);

    [LoggerMessage(2, LogLevel.Error, "Writing {Count} rows to the job store '{Path}' failed; their callers are told.")]
    public static partial void WriteFailed(this ILogger logger, string path, int count, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The job store '{Path}' is kept busy by another process; trying again in {Delay}.")]
    public static partial void Busy(this ILogger logger, string path, TimeSpan delay);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The system does not tell when other processes write to '{Path}' ({Reason}); the file is looked at once a second until it does.")]
    public static partial void Deaf(this ILogger logger, string path, string reason);
}
