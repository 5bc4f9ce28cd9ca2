using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Messaging;

namespace OrleansJobs.Client.Tests.Connecting;

/// <summary>Clients whose cluster is not there: the start ends in time, with a sentence.</summary>
public sealed class ClientStartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Start_WhereTheGatewayRefuses_NamesTheClusterAndTheGateway()
    {
        var port = FreePort();

        var said = await RefusedAsync(client => client.UseLocalhostClustering(port));

        Assert.Contains("not reached within 1", said, StringComparison.Ordinal);
        Assert.Contains("cluster 'orleansjobs' (service 'orleansjobs')", said, StringComparison.Ordinal);
        Assert.Contains($"the gateway 127.0.0.1:{port} refuses connections", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereAnotherProgramHasTheGatewaysPort_SaysThatNoSiloAnswered()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var port = ((IPEndPoint)stranger.LocalEndpoint).Port;

        var said = await RefusedAsync(client => client.UseLocalhostClustering(port));

        Assert.Contains($"the gateway 127.0.0.1:{port} takes connections but did not answer as a silo of this cluster", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhereNoGatewayIsListed_SaysSo()
    {
        var said = await RefusedAsync(client => client.Services.AddSingleton<IGatewayListProvider, EmptyList>());

        Assert.Contains("in the gateways of EmptyList: no live silo with a gateway is listed there", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhoseListCannotBeRead_SaysWhy()
    {
        var said = await RefusedAsync(client => client.Services.AddSingleton<IGatewayListProvider, BrokenList>());

        Assert.Contains("it cannot be read (the list is on fire)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ThatIsCancelled_EndsAsCancelled()
    {
        using var host = Build(client => client.UseLocalhostClustering(FreePort()));
        using var cancelled = new CancellationTokenSource();
        var start = host.StartAsync(cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90_000_000)]
    public async Task Start_WithALimitOutOfRange_NamesIt(int milliseconds)
    {
        using var host = Build(
            client => client.UseLocalhostClustering(FreePort()), options => options.ConnectTimeout = TimeSpan.FromMilliseconds(milliseconds));

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => host.StartAsync());

        Assert.Contains($"ConnectTimeout is {TimeSpan.FromMilliseconds(milliseconds)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OfAClientThatWasAddedAfterwards_IsRefused()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddOrleansJobsClient();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(FreePort()));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => host.StartAsync());

        Assert.Contains("AddOrleansJobsClient was called before UseOrleansClient", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectionRetryFilter_OfTheApplication_Stays()
    {
        using var host = Build(client => client.UseLocalhostClustering(FreePort())
            .UseConnectionRetryFilter((_, _) => Task.FromResult(false)));

        var filters = host.Services.GetServices<IClientConnectionRetryFilter>();

        Assert.False(await Assert.Single(filters).ShouldRetryConnectionAttempt(new TimeoutException(), CancellationToken.None));
    }

    private static async Task<string> RefusedAsync(Action<IClientBuilder> cluster)
    {
        using var host = Build(cluster, options => options.ConnectTimeout = Limit);
        return (await Assert.ThrowsAsync<GridUnavailableException>(() => host.StartAsync())).Message;
    }

    private static IHost Build(Action<IClientBuilder> cluster, Action<JobClientOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(cluster);
        builder.Services.AddOrleansJobsClient(configure);
        return builder.Build();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private class EmptyList : IGatewayListProvider
    {
        public TimeSpan MaxStaleness => TimeSpan.FromMinutes(1);

        public bool IsUpdatable => true;

        public Task InitializeGatewayListProvider() => Task.CompletedTask;

        public virtual Task<IList<Uri>> GetGateways() => Task.FromResult<IList<Uri>>([]);
    }

    private sealed class BrokenList : EmptyList
    {
        public override Task<IList<Uri>> GetGateways() => throw new IOException("the list is on fire.");
    }
}
