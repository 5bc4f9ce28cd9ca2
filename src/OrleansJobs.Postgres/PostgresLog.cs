using Microsoft.Extensions.Logging;

namespace OrleansJobs.Postgres;

/// <summary>What the PostgreSQL store logs.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(1, LogLevel.Information, "The job store in PostgreSQL at {Store} is open.")]
    public static partial void Opened(this ILogger logger, string store);

    [LoggerMessage(2, LogLevel.Error, "Writing {Count} rows to the job store at {Store} failed; their callers are told.")]
    public static partial void WriteFailed(this ILogger logger, string store, int count, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The job store at {Store} failed; trying again in {Delay}.")]
    public static partial void Retrying(this ILogger logger, string store, TimeSpan delay, Exception? exception);

    [LoggerMessage(4, LogLevel.Warning, "Listening for new rows at {Store} stopped; connecting again in {Delay}.")]
    public static partial void ListenerLost(this ILogger logger, string store, TimeSpan delay, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "The session that claims the job store at {Store} broke; claiming it again.")]
    public static partial void OwnershipBroken(this ILogger logger, string store, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "The job store at {Store} has to bring its tables up to date and waits for {Holder}.")]
    public static partial void MigrationWaits(this ILogger logger, string store, string holder);

    [LoggerMessage(6, LogLevel.Error, "The claim on the job store at {Store} was lost while its session was broken.")]
    public static partial void OwnershipLost(this ILogger logger, string store, Exception exception);
}
