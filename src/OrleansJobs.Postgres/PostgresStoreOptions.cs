using Npgsql;
using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Postgres;

/// <summary>How a job store in a PostgreSQL database is reached.</summary>
/// <param name="ConnectionString">An Npgsql connection string. It may lead through a pooler, see <see cref="DirectConnectionString"/>.</param>
public sealed record PostgresStoreOptions(string ConnectionString)
{
    private const int MaxSchemaLength = 63;

    /// <summary>
    /// The schema that has all that the grid keeps; made if it is missing. From 1 to 63 characters of a-z, 0-9 and _, the first one no digit, and
    /// not beginning with <c>pg_</c>. Grids in schemas of their own share a database without seeing each other. Null by default: the first schema of the
    /// connection's search path, which is <c>public</c> unless it was changed.
    /// </summary>
    public string? Schema { get; set; }

    /// <summary>
    /// Another way to the same database, by which a connection is a session: for claims, writes, notifications, migrations, and what Orleans keeps.
    /// Reads go by <see cref="ConnectionString"/>. Needed when that leads through a pooler that gives each transaction another session, such as
    /// PgBouncer with <c>pool_mode=transaction</c>. Null by default: everything goes by <see cref="ConnectionString"/>.
    /// </summary>
    public string? DirectConnectionString { get; set; }

    /// <summary>By which a connection is a session.</summary>
    internal string SessionConnectionString => DirectConnectionString ?? ConnectionString;

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
        var faults = PlaceFaults().Concat(TimingFaults()).Concat(GroupCommit.Faults()).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidOptionsException(faults);
        }
    }

    /// <summary>What is wrong with where the store is; each fault begins with the option's name.</summary>
    internal IEnumerable<string> PlaceFaults()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return "ConnectionString is empty; it must name the database.";
        }
        else if (!IsConnectionString(ConnectionString))
        {
            yield return "ConnectionString is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'.";
        }

        if (DirectConnectionString is { } direct && !IsConnectionString(direct))
        {
            yield return "DirectConnectionString is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'.";
        }

        if (Schema is { } schema && !IsSchema(schema))
        {
            yield return $"Schema is '{schema}'; it must be 1 to {MaxSchemaLength} characters of a-z, 0-9 and _, and not begin with a digit or pg_.";
        }
    }

    private IEnumerable<string> TimingFaults()
    {
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

    private static bool IsSchema(string name) =>
        name.Length is > 0 and <= MaxSchemaLength
        && !char.IsAsciiDigit(name[0])
        && !name.StartsWith("pg_", StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

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
