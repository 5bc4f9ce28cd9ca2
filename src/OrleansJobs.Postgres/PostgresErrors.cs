using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>What an error of the database means for a command.</summary>
internal static class PostgresErrors
{
    /// <summary>Trying again may help.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException error => IsSessionLost(error) || error.SqlState is
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.TooManyConnections
            or PostgresErrorCodes.InsufficientResources or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or IOException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>
    /// The server has certainly rolled the transaction back, and another try on the same session may do better. A statement that was cancelled
    /// may have committed before; a server that became a standby stays one for its sessions.
    /// </summary>
    public static bool IsRolledBack(Exception exception) => exception is PostgresException error && !IsSessionLost(error)
        && error.SqlState is not (PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction);

    /// <summary>A value of a row is at fault, not the database.</summary>
    public static bool IsOfRow(Exception exception) =>
        exception is PostgresException { SqlState: ['2', '2' or '3', ..] or PostgresErrorCodes.ProgramLimitExceeded };

    /// <summary>A lock was not had in time.</summary>
    public static bool IsLockTimeout(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>The error for callers.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="name">Where: host, port and database, never a password.</param>
    public static GridUnavailableException ToUnavailable(Exception exception, string name) =>
        new($"The job store in PostgreSQL at {name} {Explain(exception)}.", exception);

    /// <summary>The error for a start that failed.</summary>
    public static JobsException ToSetup(Exception exception, string name) =>
        exception is PostgresException error && !IsSessionLost(error) && error.SqlState != PostgresErrorCodes.TooManyConnections
            ? new StoreSetupException($"The job store in PostgreSQL at {name} cannot be used: it {Explain(exception)}.", exception)
            : ToUnavailable(exception, name);

    private static string Explain(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "has no room left on its disk",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "is read-only",
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } => "waited too long for another session's lock",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "has no such database",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            "refused the user name or the password",
        PostgresException error => $"answered: {error.MessageText} ({error.SqlState})",
        _ => $"does not answer ({exception.GetBaseException().Message})",
    };

    // The session ended under the command: shutdown, a killed backend, a crash, or the connection itself.
    private static bool IsSessionLost(PostgresException error) =>
        error.SqlState.StartsWith("57P0", StringComparison.Ordinal) || error.SqlState.StartsWith("08", StringComparison.Ordinal);
}
