using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Grains.Tests.Schema;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>Who reaches the ports of a silo. A stock Orleans client read payloads and paused classes there, while HTTP asked for keys.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ClusterProtectionTests(PrivatePostgres server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [SkippableFact]
    public async Task Silo_ListensOnLoopback_UnlessTheApplicationSaysMore()
    {
        using var silo = Silo(await server.CreateDatabaseAsync(), _ => { });

        Assert.Equal(IPAddress.Loopback, silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.AdvertisedIPAddress);
    }

    [SkippableTheory]
    [InlineData("127.0.0.2", null, null)]
    [InlineData("192.0.2.1", null, "The silo would listen on 192.0.2.1, where")]
    [InlineData("127.0.0.1", "0.0.0.0", "The silo would listen on 0.0.0.0, where")]
    public async Task SiloOffLoopback_DoesNotStart_UnlessItIsProtected(string advertised, string? listening, string? fault)
    {
        using var silo = Silo(await server.CreateDatabaseAsync(), builder => Listen(builder, advertised, listening));

        if (fault is null)
        {
            await silo.StartAsync();
            await silo.StopAsync();
            return;
        }

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => silo.StartAsync());
        Assert.StartsWith(fault, error.Message);
        Assert.Contains("UseClusterTls", error.Message);
        Assert.Contains("AllowUnprotectedCluster", error.Message);
    }

    [SkippableFact]
    public async Task SiloOffLoopback_Starts_WhereTheOperatorAllowsIt()
    {
        using var silo = Silo(await server.CreateDatabaseAsync(), builder =>
        {
            Listen(builder, "127.0.0.1", "0.0.0.0");
            builder.Configure<ClusterProtectionOptions>(options => options.AllowUnprotectedCluster = true);
        });

        await silo.StartAsync();
        await silo.StopAsync();
    }

    [SkippableFact]
    public async Task Tls_LetsMembersOfTheClusterTalk_AndNobodyElse()
    {
        using var authority = new ClusterAuthority();
        using var stranger = new ClusterAuthority();
        var database = await server.CreateDatabaseAsync();
        using var first = Silo(database, silo => Protect(silo, authority.Sign("first")));
        using var second = Silo(database, silo => Protect(silo, authority.Sign("second")));
        await first.StartAsync();
        await second.StartAsync();

        await using (var member = await ConnectAsync(database, client => client.UseClusterTls(authority.Sign("client"))))
        {
            var jobs = Enumerable.Range(0, 20).Select(_ => member.Client.SubmitAsync(ScriptedJob.Class, new ScriptedJob("tls")));
            foreach (var job in await Task.WhenAll(jobs))
            {
                Assert.Equal(JobState.Succeeded, (await job.WaitAsync()).State);
            }
        }

        await Assert.ThrowsAsync<GridUnavailableException>(() => ConnectAsync(database, _ => { }));
        await Assert.ThrowsAsync<GridUnavailableException>(() => ConnectAsync(database, client => client.UseClusterTls(stranger.Sign("client"))));
        await second.StopAsync();
        await first.StopAsync();
    }

    [Fact]
    public void Tls_WithAFileThatIsNone_NamesIt()
    {
        using var authority = new ClusterAuthority();
        var files = authority.Sign("silo");

        var missing = Assert.Throws<InvalidOptionsException>(() => Silo("Host=x", silo => silo.UseClusterTls(files with { Key = "/nowhere.key" })));
        var wrong = Assert.Throws<InvalidOptionsException>(() => Silo("Host=x", silo => silo.UseClusterTls(files with { Authority = files.Key })));

        Assert.StartsWith("The file '/nowhere.key' should be a PEM file with the certificate's private key: ", missing.Message);
        Assert.Equal($"The file '{files.Key}' should be a PEM file with the authority's certificate: it has no certificate.", wrong.Message);
    }

    private static void Listen(ISiloBuilder silo, string advertised, string? listening) => silo.Configure<EndpointOptions>(endpoints =>
    {
        endpoints.AdvertisedIPAddress = IPAddress.Parse(advertised);
        endpoints.SiloListeningEndpoint = listening is null ? null : new IPEndPoint(IPAddress.Parse(listening), endpoints.SiloPort);
    });

    private static void Protect(ISiloBuilder silo, ClusterTlsFiles files)
    {
        silo.UseClusterTls(files);
        Listen(silo, "127.0.0.1", "0.0.0.0");
    }

    private static IHost Silo(string database, Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(new Script());
        builder.UseOrleans(silo =>
        {
            silo.AddOrleansJobs(jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class)).UsePostgresJobs(database);
            silo.Configure<EndpointOptions>(endpoints => (endpoints.SiloPort, endpoints.GatewayPort) = (PrivatePostgres.FreePort(), PrivatePostgres.FreePort()));
            configure(silo);
        });
        return builder.Build();
    }

    private static async Task<Member> ConnectAsync(string database, Action<IClientBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database));
            client.Services.AddOrleansJobsClient(options => options.ConnectTimeout = Patience);
            configure(client);
        });
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            return new Member(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private sealed class Member(IHost host) : IAsyncDisposable
    {
        public IJobClient Client { get; } = host.Services.GetRequiredService<IJobClient>();

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
