using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Embedded.Tests.Conformance;

/// <summary>The embedded engine on a SQLite file of its own.</summary>
public sealed class EmbeddedSqliteEngine : IGridEngine
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleansjobs-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "jobs.db");

    public Task<IHost> StartAsync(Action<JobGridBuilder> configure, Action<IHostApplicationBuilder> services) =>
        EmbeddedHosts.StartAsync(configure, services, jobs => jobs.UseEmbedded(Path));

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
