using System.Data.Common;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Schema;

/// <summary>What differs from one kind of database to the other when the Orleans tables are made. Knows no driver.</summary>
internal abstract class SqlDialect
{
    /// <summary>The tables and queries.</summary>
    public abstract SchemaScript Script { get; }

    /// <summary>A query that tells whether there is a table OrleansQuery where the script would make it.</summary>
    public abstract string TableExists { get; }

    /// <summary>The dialect of a database.</summary>
    /// <exception cref="InvalidOptionsException">There are no Orleans tables for it.</exception>
    public static SqlDialect Of(StoreDatabase database) => database.Invariant switch
    {
        PostgresDialect.Invariant => new PostgresDialect(),
        SqliteDialect.Invariant => new SqliteDialect(),
        _ => throw new InvalidOptionsException(
            [$"{database.Description} is of a kind ({database.Invariant}) for which the Orleans engine has no tables."]),
    };

    /// <summary>Makes sure that the tables would come to the right place.</summary>
    public virtual Task CheckAsync(DbTransaction transaction, StoreDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Keeps other silos from making the same tables at the same time.</summary>
    public virtual Task LockAsync(DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What went wrong; the database is the subject of the sentence.</summary>
    public abstract string Explain(Exception exception);
}
