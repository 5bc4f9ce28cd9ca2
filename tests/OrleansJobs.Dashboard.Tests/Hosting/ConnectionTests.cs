using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Hosting;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>Connections cost memory, and whoever opens one needs no key.</summary>
public sealed class ConnectionTests
{
    private const string Setting = "JobGrid:Http:MaxConnections", PerAddress = "JobGrid:Http:MaxConnectionsPerAddress";

    [Fact]
    public async Task OneConnectionTooMany_IsClosed()
    {
        await using var host = await ApiHost.StartAsync(settings: new() { [Setting] = $"{ConnectionLimits.Min}" });
        var open = new List<TcpClient>();
        for (var n = 0; n < ConnectionLimits.Min; n++)
        {
            open.Add(await ConnectAsync(host));
            Assert.True(await IsAnsweredAsync(open[^1]));
        }

        using var further = await ConnectAsync(host);
        Assert.False(await IsAnsweredAsync(further));
        open.ForEach(client => client.Dispose());
    }

    /// <summary>Loopback is counted here as any address, so that there are two of them.</summary>
    [Fact]
    public async Task OneAddress_WithAllItMayHave_LeavesRoomForTheNext()
    {
        const int Most = 3;
        var counted = 0L;
        using var meter = new MeterListener { InstrumentPublished = (instrument, listener) => Follow(instrument, listener) };
        meter.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        meter.Start();
        await using var host = await ApiHost.StartAsync(configure: services => services.AddSingleton(new AddressCounts(Most, _ => false)));
        var open = new List<TcpClient>();
        for (var n = 0; n < Most; n++)
        {
            open.Add(await ConnectAsync(host));
            Assert.True(await IsAnsweredAsync(open[^1]));
        }

        Assert.False(await IsLetInAsync(host, "127.0.0.1"));
        Assert.Equal(1, Interlocked.Read(ref counted));
        Assert.True(await IsLetInAsync(host, "127.0.0.2"));

        // Its place is free again as soon as the server has seen the end.
        open[0].Dispose();
        while (!await IsLetInAsync(host, "127.0.0.1"))
        {
        }

        open.ForEach(client => client.Dispose());
    }

    /// <summary>A reverse proxy on this machine has one address for all whom it lets through.</summary>
    [Fact]
    public async Task ThisMachine_MayHaveMoreThanOneAddress()
    {
        await using var host = await ApiHost.StartAsync(settings: new() { [PerAddress] = $"{ConnectionLimits.Min}" });
        var open = new List<TcpClient>();
        for (var n = 0; n < 2 * ConnectionLimits.Min; n++)
        {
            open.Add(await ConnectAsync(host));
            Assert.True(await IsAnsweredAsync(open[^1]));
        }

        open.ForEach(client => client.Dispose());
    }

    /// <summary>The server leaves its own transport out where there is one already, which is the counting one.</summary>
    [Fact]
    public async Task Server_ThatIsAddedAfterTheApi_Listens_AlsoWithoutAnAddress()
    {
        var socket = Path.Combine(Path.GetTempPath(), $"orleansjobs-{Guid.NewGuid():N}.sock");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddOrleansJobsApi().AddRoutingCore().AddLogging();
        builder.Services.AddSingleton(new AddressCounts(1, _ => false));
        builder.WebHost.UseKestrelCore().UseUrls($"http://unix:{socket}");
        await using var app = builder.Build();
        app.MapOrleansJobsHealth();
        await app.StartAsync();
        for (var n = 0; n < 3; n++)
        {
            using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await client.ConnectAsync(new UnixDomainSocketEndPoint(socket));
            await client.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            Assert.NotEqual(0, await client.ReceiveAsync(new byte[1024]));
        }
    }

    [Theory]
    [InlineData(Setting, "9")]
    [InlineData(Setting, "1000001")]
    [InlineData(Setting, "-1")]
    [InlineData(Setting, "many")]
    [InlineData(PerAddress, "9")]
    [InlineData(PerAddress, "1000001")]
    [InlineData(PerAddress, "few")]
    public async Task Setting_OutOfRange_IsRefused(string setting, string value)
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => ApiHost.StartAsync(settings: new() { [setting] = value }));

        Assert.Equal($"{setting} is '{value}'; allowed is 10 to 1000000.", Assert.Single(error.Faults));
    }

    /// <summary>An application that has addresses of its own has a server of its own: its limits are not the grid's to set.</summary>
    [Theory]
    [InlineData(null, (long)ConnectionLimits.Default)]
    [InlineData("--urls=http://127.0.0.1:81", null)]
    [InlineData("--JobGrid:Http:MaxConnections=70", 70L)]
    public void Limit_WhenNothingIsSaid_IsThatOfHostsOfTheGrid(string? argument, long? expected)
    {
        var builder = WebApplication.CreateBuilder(argument is null ? [] : [argument]);
        builder.Services.AddOrleansJobsApi();
        using var services = builder.Services.BuildServiceProvider();

        Assert.Equal(expected, services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxConcurrentConnections);
    }

    private static void Follow(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == "orleansjobs.http.connections.refused")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static async Task<TcpClient> ConnectAsync(ApiHost host, string from = "127.0.0.1")
    {
        var client = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await client.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        return client;
    }

    /// <summary>Whoever is refused may hear so before the connection is made.</summary>
    private static async Task<bool> IsLetInAsync(ApiHost host, string from)
    {
        try
        {
            using var client = await ConnectAsync(host, from);
            return await IsAnsweredAsync(client);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<bool> IsAnsweredAsync(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            return await client.GetStream().ReadAsync(new byte[1024]) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
