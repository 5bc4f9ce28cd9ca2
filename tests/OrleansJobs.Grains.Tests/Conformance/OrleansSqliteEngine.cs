using Microsoft.Extensions.DependencyInjection;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Tests.Conformance;

/// <summary>A silo on a SQLite file of its own.</summary>
public sealed class OrleansSqliteEngine : IGridEngine
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleansjobs-");

    public Task<IHost> StartAsync(Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services) =>
        SiloHosts.StartAsync(configure, services, jobs => jobs.UseSqliteJobs(Path.Combine(_directory.FullName, "jobs.db")));

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
