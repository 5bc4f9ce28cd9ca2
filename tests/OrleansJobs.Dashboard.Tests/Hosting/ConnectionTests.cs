using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Hosting;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>Connections cost memory, and whoever opens one needs no key.</summary>
public sealed class ConnectionTests
{
    private const string Setting = "JobGrid:Http:MaxConnections";

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

    [Theory]
    [InlineData("9")]
    [InlineData("1000001")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task Setting_OutOfRange_IsRefused(string value)
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => ApiHost.StartAsync(settings: new() { [Setting] = value }));

        Assert.Equal($"{Setting} is '{value}'; allowed is 10 to 1000000.", Assert.Single(error.Faults));
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

    private static async Task<TcpClient> ConnectAsync(ApiHost host)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        return client;
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
