using System.Net;
using LearningPlatform.Hosting;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform.Embedded;

/// <summary>The embedded engine: this process is the whole grid.</summary>
internal sealed class EmbeddedEngine : IHostEngine
{
    public string Name => "embedded grid";

    public IReadOnlyCollection<string> StartLayers => [];

    public IEnumerable<(string Key, IPEndPoint Endpoint)> Endpoints => [];

    public void Read(SettingsReader settings)
    {
        // The engine has no settings beside those of the store, the classes and the workers.
    }

    public void Add(WebApplicationBuilder builder, GridHostOptions options, Action<JobGridBuilder> jobs) =>
        builder.Services.AddOrleansJobs(grid =>
        {
            jobs(grid);
            options.UseStore(grid).UseEmbedded();
        });
}
