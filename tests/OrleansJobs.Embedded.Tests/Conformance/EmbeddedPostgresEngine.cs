using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Tests.Conformance;

/// <summary>The embedded engine on a PostgreSQL database of its own.</summary>
public sealed class EmbeddedPostgresEngine(string connectionString) : IGridEngine
{
    public string ConnectionString => connectionString;

    public static async Task<IGridEngine> CreateAsync() => new EmbeddedPostgresEngine(await SharedServer.CreateDatabaseAsync());

    public Task<IHost> StartAsync(Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services) =>
        EmbeddedHosts.StartAsync(configure, services, jobs => jobs.UsePostgresJobs(connectionString).UseEmbedded());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
