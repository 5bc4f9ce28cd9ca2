using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OrleansJobs.Client.Tests.Hosting;

public sealed class GridClusterIdsTests
{
    private static ClusterOptions Ids(Action<HostApplicationBuilder>? before = null, Action<HostApplicationBuilder>? after = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        before?.Invoke(builder);
        builder.UseOrleansClient(client => client.UseLocalhostClustering());
        builder.Services.AddOrleansJobsClient();
        after?.Invoke(builder);
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<ClusterOptions>>().Value;
    }

    [Fact]
    public void Client_WithoutIds_LooksForTheGridsOwnCluster()
    {
        var ids = Ids();

        Assert.Equal(("orleansjobs", "orleansjobs"), (ids.ClusterId, ids.ServiceId));
    }

    [Fact]
    public void Ids_OfTheApplication_WinWhereverTheyStand()
    {
        Action<HostApplicationBuilder> configure = builder => builder.Services.Configure<ClusterOptions>(cluster => cluster.ClusterId = "theirs");

        Assert.Equal(("theirs", "orleansjobs"), (Ids(before: configure).ClusterId, Ids(before: configure).ServiceId));
        Assert.Equal("theirs", Ids(after: configure).ClusterId);
    }
}
