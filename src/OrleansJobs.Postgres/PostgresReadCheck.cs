using Npgsql;

namespace OrleansJobs.Postgres;

/// <summary>Makes sure that reads find what is written: that both connection strings lead to the same tables of the same server.</summary>
internal static class PostgresReadCheck
{
    private const string IdentitySql =
        "SELECT pg_postmaster_start_time()::text || ' ' || 'jobs'::regclass::oid || ' ' || (SELECT oid FROM pg_database WHERE datname = current_database())";

    /// <exception cref="StoreSetupException">They lead to different ones.</exception>
    public static async Task RequireSameDatabaseAsync(PostgresAccess access, CancellationToken cancellationToken)
    {
        if (access.ReadSettings is not { } settings)
        {
            return;
        }

        var written = await IdentifyAsync(access.Sessions, null, cancellationToken);
        var read = await TryIdentifyAsync(access, settings, cancellationToken);
        if (read != written)
        {
            throw new StoreSetupException(
                $"ConnectionString leads to {PostgresSource.NameOf(access.Options.ConnectionString)}, and DirectConnectionString to {access.Name}, which is "
                + "another database, or another server of the same one. Both have to lead to the primary's, one of them through the pooler.");
        }
    }

    private static async Task<string?> TryIdentifyAsync(PostgresAccess access, string settings, CancellationToken cancellationToken)
    {
        try
        {
            return await IdentifyAsync(access.Reads, settings, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName)
        {
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException || PostgresErrors.IsTransient(exception))
        {
            throw PostgresErrors.ToSetup(exception, PostgresSource.NameOf(access.Options.ConnectionString));
        }
    }

    private static async Task<string?> IdentifyAsync(NpgsqlDataSource source, string? settings, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        if (settings is not null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(settings));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(IdentitySql));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (settings is not null)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        return await reader.ReadAsync(cancellationToken) ? reader.GetString(0) : null;
    }
}
