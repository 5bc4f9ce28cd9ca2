using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Hosting;

/// <summary>An application that says by itself where it listens, and only adds the API.</summary>
public sealed class OwnAddressTests
{
    [Fact]
    public async Task Application_KeepsItsAddress()
    {
        await using var app = Build(builder => builder.WebHost.UseUrls("http://127.0.0.1:0"), null);
        await app.StartAsync();

        Assert.NotEqual(5080, new Uri(Assert.Single(app.Urls)).Port);
    }

    [Fact]
    public Task AddressOfTheApplication_ThatStrangersReach_IsRefused() => IsRefusedAsync(null, app => app.Urls.Add("http://0.0.0.0:0"));

    [Fact]
    public Task AddressInCode_ThatStrangersReach_IsRefused() =>
        IsRefusedAsync(builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0)), null);

    [Fact]
    public async Task AddressThatStrangersReach_WithASchemeOfTheHost_IsTaken()
    {
        await using var app = Build(null, app => app.Urls.Add("http://0.0.0.0:0"), access => access.Schemes.Add("Entra"));

        await app.StartAsync();
    }

    private static async Task IsRefusedAsync(Action<WebApplicationBuilder>? configure, Action<WebApplication>? then)
    {
        await using var app = Build(configure, then);

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => app.StartAsync());

        Assert.Matches("^The application's own address is 'http://(0.0.0.0|\\[::\\]):[0-9]+', which other machines can reach", Assert.Single(error.Faults));
    }

    private static WebApplication Build(
        Action<WebApplicationBuilder>? configure, Action<WebApplication>? then, Action<OrleansJobsAccessOptions>? access = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        builder.Services.AddSingleton<IJobClient>(new InMemoryGrid("email"));
        builder.Services.AddOrleansJobsApi(access);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapOrleansJobsApi();
        then?.Invoke(app);
        return app;
    }
}
