using System.Net;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform.Hosting;

/// <summary>What runs the jobs: all in which the learning platform's hosts differ.</summary>
public interface IHostEngine
{
    /// <summary>What the process calls itself, such as <c>silo</c> in "The silo cannot start".</summary>
    string Name { get; }

    /// <summary>Categories under which the engine's layers log the exception that ends a start, which the host tells in a sentence.</summary>
    IReadOnlyCollection<string> StartLayers { get; }

    /// <summary>Where the engine listens, with the key of each setting that says so.</summary>
    IEnumerable<(string Key, IPEndPoint Endpoint)> Endpoints { get; }

    /// <summary>Reads the engine's own settings. What is wrong with them is gathered by the reader.</summary>
    void Read(SettingsReader settings);

    /// <summary>Adds the engine, with these job classes, on the store that the options name.</summary>
    void Add(WebApplicationBuilder builder, GridHostOptions options, Action<JobGridBuilder> jobs);

    /// <summary>Maps the engine's own pages, if it has some.</summary>
    void Map(WebApplication app)
    {
        // An engine has none as a rule.
    }
}
