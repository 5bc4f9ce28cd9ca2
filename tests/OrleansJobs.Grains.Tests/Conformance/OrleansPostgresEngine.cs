using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Tests.Conformance;

/// <summary>A silo on a PostgreSQL database of its own.</summary>
public sealed class OrleansPostgresEngine(string connectionString) : IGridEngine
{
    public static async Task<IGridEngine> CreateAsync() => new OrleansPostgresEngine(await SharedServer.CreateDatabaseAsync());

    public Task<IHost> StartAsync(Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services) =>
        SiloHosts.StartAsync(configure, services, jobs => jobs.UsePostgresJobs(connectionString));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
