using System.Globalization;
using Npgsql;
using OrleansJobs.Client.Connecting;

namespace OrleansJobs.Client.Postgres;

/// <summary>Reads the silos that a database holds, of whatever cluster.</summary>
internal sealed class PostgresMembership(NpgsqlConnectionStringBuilder database) : IMembershipSource
{
    /// <summary>Other clusters than this many are not named.</summary>
    private const int MaxClusters = 4;

    private const string TableExists = "SELECT to_regclass('orleans_silo') IS NOT NULL";

    // 3 is Active. A silo without a gateway has port 0.
    private const string Clusters =
        """
        SELECT cluster_id,
               count(*) FILTER (WHERE status = 3 AND gateway_port > 0),
               count(*) FILTER (WHERE status = 3),
               max(alive_at)
        FROM orleans_silo
        GROUP BY cluster_id
        ORDER BY max(alive_at) DESC
        """;

    public string Place { get; } = $"the PostgreSQL database '{database.Database ?? database.Username}' at {database.Host}:{database.Port}";

    public async Task<string> FindAsync(string clusterId, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand(TableExists, connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return $"it has no table of silos in {Schemas}; no silo of a grid has used it yet";
        }

        return Say(clusterId, await ReadAsync(connection, cancellationToken));
    }

    private string Schemas => database.SearchPath is { Length: > 0 } path ? $"the schema '{path}'" : "the search path";

    private static async Task<List<ClusterSeen>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<ClusterSeen> clusters = [];
        await using var command = new NpgsqlCommand(Clusters, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            clusters.Add(new ClusterSeen(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetDateTime(3)));
        }

        return clusters;
    }

    private static string Say(string clusterId, List<ClusterSeen> clusters)
    {
        var own = clusters.Find(cluster => cluster.Id == clusterId);
        var others = clusters.Where(cluster => cluster.Id != clusterId && cluster.Live > 0).ToList();
        return $"{SayOwn(own)}{SayOthers(others)}";
    }

    private static string SayOwn(ClusterSeen? own) => own switch
    {
        null => "no silo of this cluster is listed there",
        { Reachable: > 0 } => "a silo of this cluster has just come up there",
        { Live: > 0 } => $"the {own.Live} live silos of this cluster have no gateway for clients",
        _ => $"the silos of this cluster are all gone, the last sign of life is of {Time(own.AliveAt)}",
    };

    private static string SayOthers(List<ClusterSeen> others) => others.Count == 0 ? "" :
        $"; live silos there are of cluster {string.Join(", ", others.Take(MaxClusters).Select(other => $"'{other.Id}' ({other.Live})"))}";

    private static string Time(DateTime at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record ClusterSeen(string Id, long Reachable, long Live, DateTime AliveAt);
}
