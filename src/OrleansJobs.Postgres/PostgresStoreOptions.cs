using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>How a job store in a PostgreSQL database is reached.</summary>
/// <param name="ConnectionString">An Npgsql connection string. Its search path says which schema has the tables.</param>
public sealed record PostgresStoreOptions(string ConnectionString)
{
    /// <summary>The longest that one command may take, from 1 s to 10 min. 30 s by default.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that a write waits for a lock of another session, from 100 ms to 1 min. 5 s by default.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Times that a command is tried again when the connection is lost, from 1 to 100. 6 by default.</summary>
    public int MaxRetries { get; set; } = 6;

    /// <summary>Delay before the first repetition, from 1 ms to 1 min; it doubles with jitter up to 2 s. 100 ms by default.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The bounds of the groups.</summary>
    public GroupCommitLimits GroupCommit { get; set; } = new();

    /// <exception cref="InvalidOptionsException">An option is out of range; the error lists all that are.</exception>
    internal void Validate()
    {
        var faults = Faults().Concat(GroupCommit.Faults()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    private IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return "ConnectionString is empty; it must name the database.";
        }
        else if (!IsConnectionString(ConnectionString))
        {
            yield return "ConnectionString is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'.";
        }

        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"CommandTimeout is {CommandTimeout}; it must be from 1 second to 10 minutes.";
        }

        if (LockTimeout < TimeSpan.FromMilliseconds(100) || LockTimeout > TimeSpan.FromMinutes(1))
        {
            yield return $"LockTimeout is {LockTimeout}; it must be from 100 milliseconds to 1 minute.";
        }

        if (MaxRetries is < 1 or > 100)
        {
            yield return $"MaxRetries is {MaxRetries}; it must be from 1 to 100.";
        }

        if (RetryDelay < TimeSpan.FromMilliseconds(1) || RetryDelay > TimeSpan.FromMinutes(1))
        {
            yield return $"RetryDelay is {RetryDelay}; it must be from 1 millisecond to 1 minute.";
        }
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
