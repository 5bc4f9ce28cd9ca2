using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Logging;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting;

/// <summary>
/// Holds some errors back until the host has started: each layer of the host logs the exception that ends a start, with its trace, and
/// the process says in a sentence at its end what it was. Once the start has failed it holds back warnings, too: what the layers
/// say while they are taken down again is no news. Open until a start is watched.
/// </summary>
internal sealed class StartLog
{
    private const string HostLayer = "Microsoft.Extensions.Hosting.Internal.Host";

    private volatile HashSet<string>? _held;
    private volatile bool _failed;

    /// <summary>Whether everything is shown: the host has started.</summary>
    public bool IsOpen => _held is null;

    public static void Add(IServiceCollection services)
    {
        var log = new StartLog();
        services.AddSingleton(log);
        services.PostConfigure<LoggerFilterOptions>(options => LogRules.Narrow(options, log.IsShown));
    }

    /// <summary>Begins to hold back what the layers of the host say, those of its parts among them.</summary>
    public void Hold(IEnumerable<IHostPart> parts) =>
        _held = new HashSet<string>(parts.SelectMany(part => part.StartCategories).Append(HostLayer), StringComparer.Ordinal);

    public void Open() => _held = null;

    public void Fail() => _failed = true;

    private bool IsShown(string? category, LogLevel level) => _held is not { } held || IsNews(category, level, held);

    private bool IsNews(string? category, LogLevel level, HashSet<string> held) =>
        level < LogLevel.Error ? !_failed || level <= LogLevel.Debug : !held.Contains(category ?? "");
}
