using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>A real silo in this process whose grain state, or membership, is in the database of a test.</summary>
public sealed class SchemaSilo : IAsyncDisposable
{
    public const string StorageName = "state";
    public const string ClusterId = "schema-tests";
    public const string Npgsql = "Npgsql";
    public const string Sqlite = "System.Data.SQLite";

    private readonly IHost _host;

    private SchemaSilo(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public SiloAddress Address => Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    public IGrainStorage Storage => Services.GetRequiredKeyedService<IGrainStorage>(StorageName);

    public INoteGrain Note(string key) => Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>(key);

    /// <summary>A cluster of this one silo, with grain state in the database.</summary>
    public static Task<SchemaSilo> StartWithStorageAsync(string invariant, string connectionString, bool deleteOnClear = false) =>
        StartAsync(silo => AddStorage(
            silo.UseLocalhostClustering(PrivatePostgres.FreePort(), PrivatePostgres.FreePort(), null, ClusterId, ClusterId),
            invariant,
            connectionString,
            deleteOnClear));

    /// <summary>A silo of the cluster that has its membership, and its grain state, in the PostgreSQL database.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="hurryVerdicts">
    /// A silo that does not answer is found dead within the length of a test. Not for two live silos in one process: a slow answer would
    /// make one of them end the process.
    /// </param>
    public static Task<SchemaSilo> StartWithMembershipAsync(string connectionString, bool hurryVerdicts = false) =>
        StartAsync(silo => AddStorage(
            silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, connectionString))
                .ConfigureEndpoints(IPAddress.Loopback, PrivatePostgres.FreePort(), PrivatePostgres.FreePort())
                .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = ClusterId)
                .Configure<ClusterMembershipOptions>(hurryVerdicts ? HurryVerdicts : static _ => { }),
            Npgsql,
            connectionString,
            deleteOnClear: false));

    public Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void HurryVerdicts(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromMilliseconds(200);
        options.TableRefreshTimeout = TimeSpan.FromMilliseconds(200);
        options.NumMissedProbesLimit = 1;
        options.NumVotesForDeathDeclaration = 1;
    }

    private static void AddStorage(ISiloBuilder silo, string invariant, string connectionString, bool deleteOnClear) =>
        silo.AddAdoNetGrainStorage(StorageName, options =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connectionString;
            options.DeleteStateOnClear = deleteOnClear;
        });

    private static async Task<SchemaSilo> StartAsync(Action<ISiloBuilder> configure)
    {
        var host = new HostBuilder()
            .ConfigureLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .UseOrleans((_, silo) => configure(silo))
            .Build();
        await host.StartAsync();
        return new SchemaSilo(host);
    }
}
