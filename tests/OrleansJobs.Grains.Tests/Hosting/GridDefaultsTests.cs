using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;

namespace OrleansJobs.Grains.Tests.Hosting;

/// <summary>What the grid sets in Orleans' options, and what an application makes of it.</summary>
public sealed class GridDefaultsTests
{
    private static ClusterMembershipOptions Membership(Action<ClusterMembershipOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering().AddOrleansJobs(_ => { });
            silo.Configure<ClusterMembershipOptions>(options => configure?.Invoke(options));
        });
        using var host = builder.Build();
        return host.Services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value;
    }

    [Fact]
    public void Probes_KeepTheirPace_SoThatADeadSiloIsFoundInSeconds()
    {
        var options = Membership();

        var pace = TimeSpan.FromSeconds(2);
        Assert.Equal((pace, pace, pace, 3), (options.ProbeTimeout, options.MinProbeTimeout, options.MaxProbeTimeout, options.NumMissedProbesLimit));
    }

    [Fact]
    public void SignsOfLife_AreMissedWithinSeconds_AndReadMoreOftenThanThat()
    {
        var options = Membership();

        var missing = options.IAmAliveTablePublishTimeout * options.NumMissedTableIAmAliveLimit;
        Assert.Equal(TimeSpan.FromSeconds(4), missing);
        Assert.True(options.TableRefreshTimeout < missing, $"{options.TableRefreshTimeout}");
    }

    [Fact]
    public void Probes_WhosePaceTheApplicationChooses_KeepThatOne()
    {
        var pace = TimeSpan.FromSeconds(10);

        var options = Membership(chosen => chosen.ProbeTimeout = pace);

        Assert.Equal((pace, pace, pace), (options.ProbeTimeout, options.MinProbeTimeout, options.MaxProbeTimeout));
    }

    [Fact]
    public void ProbeBounds_OfTheApplication_Stay()
    {
        var (least, most) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));

        var options = Membership(chosen => (chosen.MinProbeTimeout, chosen.MaxProbeTimeout) = (least, most));

        Assert.Equal((least, most), (options.MinProbeTimeout, options.MaxProbeTimeout));
    }
}
