using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.Runtime.Membership;
using Orleans.Runtime.MembershipService;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Tests.Schema;

/// <summary>What the membership table promises to silos, checked through Orleans' own provider on our tables.</summary>
[Collection(PostgresCollection.Name)]
public sealed class PostgresMembershipTests(PrivatePostgres server)
{
    private static readonly DateTime Noon = new(2030, 1, 2, 12, 0, 0, DateTimeKind.Utc);
    private static readonly IOptions<ClusterOptions> Cluster = Options.Create(
        new ClusterOptions { ClusterId = SchemaSilo.ClusterId, ServiceId = SchemaSilo.ClusterId });

    private string _database = "";

    private async Task<AdoNetClusteringTable> OpenAsync()
    {
        _database = await server.CreateDatabaseAsync();
        await SchemaTables.OfPostgres(_database).ApplyAsync();
        return await OpenTableAsync(_database);
    }

    internal static async Task<AdoNetClusteringTable> OpenTableAsync(string database, string clusterId = SchemaSilo.ClusterId)
    {
        var cluster = Options.Create(new ClusterOptions { ClusterId = clusterId, ServiceId = clusterId });
        var options = Options.Create(new AdoNetClusteringSiloOptions { Invariant = SchemaSilo.Npgsql, ConnectionString = database });
        var table = new AdoNetClusteringTable(null!, cluster, options, NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }

    internal static MembershipEntry Silo(int port, SiloStatus status = SiloStatus.Active, DateTime? aliveAt = null, int gateway = 30000) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 1),
        SiloName = $"silo {port}",
        HostName = "localhost",
        Status = status,
        ProxyPort = gateway,
        StartTime = Noon.AddHours(-1),
        IAmAliveTime = aliveAt ?? Noon,
    };

    private static async Task AddAsync(AdoNetClusteringTable table, params MembershipEntry[] silos)
    {
        foreach (var silo in silos)
        {
            Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync()).Version.Next()));
        }
    }

    // The table has one version for all of its rows; Orleans refuses an update that names another one for the row.
    private static Task<bool> UpdateAsync(AdoNetClusteringTable table, MembershipEntry silo, TableVersion read) =>
        table.UpdateRowAsync(silo, read.VersionEtag, read.Next());

    private static async Task<bool> UpdateAsync(AdoNetClusteringTable table, MembershipEntry silo) =>
        await UpdateAsync(table, silo, (await table.ReadAllAsync()).Version);

    [SkippableFact]
    public async Task ReadAll_OfANewCluster_IsEmptyAtVersionZero()
    {
        var table = await OpenAsync();

        var data = await table.ReadAllAsync();

        Assert.Empty(data.Members);
        Assert.Equal(new TableVersion(0, "0"), data.Version);
    }

    [SkippableFact]
    public async Task InsertRow_ThenRead_GivesAllOfItBack()
    {
        var table = await OpenAsync();
        var silo = Silo(1, SiloStatus.Joining, Noon.AddTicks(10));
        await AddAsync(table, silo, Silo(2));

        var data = await table.ReadRowAsync(silo.SiloAddress);

        var (read, _) = Assert.Single(data.Members);
        Assert.Equal(silo.ToFullString(), read.ToFullString());
        Assert.Equal((silo.SiloName, silo.HostName, silo.ProxyPort), (read.SiloName, read.HostName, read.ProxyPort));
        Assert.Equal((silo.StartTime, silo.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
        Assert.Equal(2, data.Version.Version);
        Assert.Equal(2, (await table.ReadAllAsync()).Members.Count);
    }

    [SkippableFact]
    public async Task ReadRow_OfAnUnknownSilo_GivesTheVersionAlone()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));

        var data = await table.ReadRowAsync(Silo(9).SiloAddress);

        Assert.Empty(data.Members);
        Assert.Equal(1, data.Version.Version);
    }

    [SkippableFact]
    public async Task InsertRow_WithAStaleVersion_IsRefused()
    {
        var table = await OpenAsync();
        var stale = (await table.ReadAllAsync()).Version.Next();
        await AddAsync(table, Silo(1));

        Assert.False(await table.InsertRowAsync(Silo(2), stale));

        Assert.Single((await table.ReadAllAsync()).Members);
    }

    [SkippableFact]
    public async Task InsertRow_OfASiloThatIsThere_IsRefusedAndLeavesTheVersion()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));

        Assert.False(await table.InsertRowAsync(Silo(1), (await table.ReadAllAsync()).Version.Next()));

        Assert.Equal(1, (await table.ReadAllAsync()).Version.Version);
    }

    [SkippableFact]
    public async Task InsertRow_ByManySilosAtOnce_LetsOneMoveTheVersion()
    {
        var table = await OpenAsync();
        var next = (await table.ReadAllAsync()).Version.Next();

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(port => table.InsertRowAsync(Silo(port), next)));

        Assert.Single(answers, inserted => inserted);
        var data = await table.ReadAllAsync();
        Assert.Single(data.Members);
        Assert.Equal(1, data.Version.Version);
    }

    [SkippableFact]
    public async Task UpdateRow_ChangesStatusSuspicionsAndVersion()
    {
        var table = await OpenAsync();
        var silo = Silo(1);
        await AddAsync(table, silo);
        silo.Status = SiloStatus.Dead;
        silo.AddSuspector(Silo(2).SiloAddress, Noon);

        Assert.True(await UpdateAsync(table, silo));

        var data = await table.ReadAllAsync();
        var (read, _) = Assert.Single(data.Members);
        Assert.Equal(SiloStatus.Dead, read.Status);
        Assert.Equal(Silo(2).SiloAddress, Assert.Single(read.SuspectTimes!).Item1);
        Assert.Equal(2, data.Version.Version);
    }

    [SkippableFact]
    public async Task UpdateRow_WithAStaleVersion_IsRefused()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));
        var stale = (await table.ReadAllAsync()).Version;
        await AddAsync(table, Silo(2));

        Assert.False(await UpdateAsync(table, Silo(1, SiloStatus.Dead), stale));

        Assert.All((await table.ReadAllAsync()).Members, member => Assert.Equal(SiloStatus.Active, member.Item1.Status));
    }

    [SkippableFact]
    public async Task UpdateRow_OfASiloThatIsNotThere_IsRefusedAndLeavesTheVersion()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));

        Assert.False(await UpdateAsync(table, Silo(9)));

        Assert.Equal(1, (await table.ReadAllAsync()).Version.Version);
    }

    [SkippableFact]
    public async Task UpdateRow_WhileASignOfLifeIsWritten_WaitsAndSucceeds()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));
        var read = (await table.ReadAllAsync()).Version;
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var signOfLife = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("UPDATE orleans_silo SET alive_at = now()", connection, signOfLife))
        {
            await command.ExecuteNonQueryAsync();
        }

        var update = UpdateAsync(table, Silo(1, SiloStatus.Dead), read);
        await WaitUntilBlockedAsync(update);
        await signOfLife.CommitAsync();

        Assert.True(await update);
        Assert.Equal(SiloStatus.Dead, Assert.Single((await table.ReadAllAsync()).Members).Item1.Status);
    }

    /// <summary>Fails if the update ends instead: it did not wait.</summary>
    private async Task WaitUntilBlockedAsync(Task<bool> update)
    {
        const string Blocked = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')";
        while (await PrivatePostgres.ExecuteAsync(_database, Blocked) is not true)
        {
            Assert.False(update.IsCompleted);
        }
    }

    [SkippableFact]
    public async Task UpdateIAmAlive_ChangesTheTimeAndNotTheVersion()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));

        await table.UpdateIAmAliveAsync(Silo(1, SiloStatus.Dead, Noon.AddMinutes(1)));

        var data = await table.ReadAllAsync();
        var (read, _) = Assert.Single(data.Members);
        Assert.Equal((Noon.AddMinutes(1), SiloStatus.Active), (read.IAmAliveTime, read.Status));
        Assert.Equal(1, data.Version.Version);
    }

    [SkippableFact]
    public async Task CleanupDefunctSiloEntries_DeletesOnlyTheDeadThatAreOldEnough()
    {
        var table = await OpenAsync();
        var old = Noon.AddDays(-1);
        await AddAsync(
            table,
            Silo(1, SiloStatus.Dead, old),
            Silo(2, SiloStatus.Dead, Noon),
            Silo(3, SiloStatus.Dead, Noon.AddTicks(20)),
            Silo(4, SiloStatus.Joining, old),
            Silo(5, SiloStatus.Active, old));

        await table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Noon.AddTicks(1)));

        Assert.Equal([3, 4, 5], (await table.ReadAllAsync()).Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Order());
    }

    [SkippableFact]
    public async Task CleanupDefunctSiloEntries_KeepsADeadRowThatHasChangedSince()
    {
        var table = await OpenAsync();
        var silo = Silo(1, SiloStatus.Dead, Noon.AddDays(-1));
        await AddAsync(table, silo);
        const string Cleanup = "SELECT querytext FROM orleansquery WHERE querykey = 'CleanupDefunctSiloEntryKey'";
        var delete = (string)(await PrivatePostgres.ExecuteAsync(_database, Cleanup))!;

        Assert.Equal(0, await CleanAsync(delete, silo, suspects: "127.0.0.1:2@1,2030-01-02 12:00:00.000 GMT"));
        Assert.Equal(0, await CleanAsync(delete, Silo(1, SiloStatus.Dead, Noon), suspects: null));
        Assert.Equal(1, await CleanAsync(delete, silo, suspects: null));
    }

    private async Task<int> CleanAsync(string delete, MembershipEntry read, string? suspects)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(delete, connection);
        command.Parameters.AddWithValue("DeploymentId", SchemaSilo.ClusterId);
        command.Parameters.AddWithValue("Address", "127.0.0.1");
        command.Parameters.AddWithValue("Port", read.SiloAddress.Endpoint.Port);
        command.Parameters.AddWithValue("Generation", read.SiloAddress.Generation);
        command.Parameters.AddWithValue("StartTime", read.StartTime);
        command.Parameters.AddWithValue("IAmAliveTime", read.IAmAliveTime);
        command.Parameters.AddWithValue("SuspectTimes", (object?)suspects ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync();
    }

    [SkippableFact]
    public async Task DeleteMembershipTableEntries_ForgetsThatClusterOnly()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1));

        await table.DeleteMembershipTableEntriesAsync("another");
        Assert.Single((await table.ReadAllAsync()).Members);

        await table.DeleteMembershipTableEntriesAsync(SchemaSilo.ClusterId);
        Assert.Empty((await table.ReadAllAsync()).Members);
    }

    [SkippableFact]
    public async Task GetGateways_ListsActiveSilosThatHaveOne()
    {
        var table = await OpenAsync();
        await AddAsync(table, Silo(1, gateway: 30001), Silo(2, gateway: 0), Silo(3, SiloStatus.Dead), Silo(4, SiloStatus.Joining));
        var options = Options.Create(new AdoNetClusteringClientOptions { Invariant = SchemaSilo.Npgsql, ConnectionString = _database });
        var gateways = new AdoNetGatewayListProvider(
            NullLogger<AdoNetGatewayListProvider>.Instance, null!, options, Options.Create(new GatewayOptions()), Cluster);
        await gateways.InitializeGatewayListProvider();

        Assert.Equal(30001, Assert.Single(await gateways.GetGateways()).Port);
    }
}
