using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrleansJobs.Client;
using OrleansJobs.Client.Connecting;
using OrleansJobs.Client.Postgres;

namespace Orleans.Hosting;

/// <summary>Reaches a grid on PostgreSQL from another process.</summary>
public static class OrleansJobsClientPostgresExtensions
{
    /// <summary>The name that Orleans knows the provider by.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Adds <see cref="OrleansJobs.IJobClient"/> and <see cref="OrleansJobs.IGridMonitor"/>, which find the silos in the database that their
    /// <c>UsePostgresJobs</c> names. Cluster and service id are theirs by default: <c>orleansjobs</c>, unless <c>ClusterOptions</c> say
    /// otherwise on both sides.
    /// </summary>
    /// <param name="client">The Orleans client.</param>
    /// <param name="connectionString">The database, for Npgsql.</param>
    /// <param name="schema">The schema of the grid's tables; null for the first one of the connection's search path.</param>
    /// <param name="configure">Sets how the grid is reached.</param>
    /// <exception cref="OrleansJobs.InvalidOptionsException">The connection string is not valid; or, at start, an option is out of range.</exception>
    /// <exception cref="OrleansJobs.GridUnavailableException">
    /// At start: no silo was reached within <see cref="JobClientOptions.ConnectTimeout"/>. The text says where the client looked for which
    /// cluster, and what it found.
    /// </exception>
    public static IClientBuilder UsePostgresJobs(
        this IClientBuilder client, string connectionString, string? schema = null, Action<JobClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var database = Parse(connectionString);
        if (schema is not null)
        {
            database.SearchPath = schema;
        }

        client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, database.ConnectionString));
        client.Services.AddOrleansJobsClient(configure);
        client.Services.AddSingleton<IMembershipSource>(new PostgresMembership(database));
        return client;
    }

    // The text itself may hold a password and is never part of a message.
    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException)
        {
            throw new OrleansJobs.InvalidOptionsException(
                ["The connection string is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'."]);
        }
    }
}
