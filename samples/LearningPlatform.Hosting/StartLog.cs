namespace LearningPlatform.Hosting;

/// <summary>
/// Holds some errors back until the host has started: each layer of the host logs the exception that ends a start, with its trace, and
/// the process says in a sentence at its end what it was. Once the start has failed it holds back warnings, too: what the layers
/// say while they are taken down again is no news.
/// </summary>
/// <param name="engineLayers">The engine's categories that do so.</param>
internal sealed class StartLog(IEnumerable<string> engineLayers)
{
    private const string HostLayer = "Microsoft.Extensions.Hosting.Internal.Host";

    private readonly HashSet<string> _layers = new(engineLayers.Append(HostLayer), StringComparer.Ordinal);
    private volatile bool _open;
    private volatile bool _failed;

    /// <summary>Whether everything is shown: the host has started.</summary>
    public bool IsOpen => _open;

    public void Open() => _open = true;

    public void Fail() => _failed = true;

    /// <summary>Adds the condition to every rule that configuration and code made, so that their levels hold as they are.</summary>
    public void Watch(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        List<LoggerFilterRule> rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        rules.ForEach(rule => options.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, Narrow(rule.Filter))));
    });

    private Func<string?, string?, LogLevel, bool> Narrow(Func<string?, string?, LogLevel, bool>? filter) => (provider, category, level) =>
        (_open || IsNews(category, level)) && (filter is null || filter(provider, category, level));

    private bool IsNews(string? category, LogLevel level) => level < LogLevel.Error ? !_failed || level <= LogLevel.Debug : !_layers.Contains(category ?? "");
}
