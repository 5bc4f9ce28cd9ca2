namespace OrleansJobs.Silo;

/// <summary>
/// Holds some errors back until the silo has started: each layer of the host logs the exception that ends a start, with its trace, and
/// the process says in a sentence at its end what it was.
/// </summary>
internal sealed class StartLog
{
    private static readonly HashSet<string> Layers = new(StringComparer.Ordinal)
    {
        "Microsoft.Extensions.Hosting.Internal.Host",
        "Orleans.Runtime.Silo",
        "Orleans.Runtime.SiloLifecycleSubject",
    };

    private volatile bool _open;

    /// <summary>Whether everything is shown: the silo has started.</summary>
    public bool IsOpen => _open;

    public void Open() => _open = true;

    /// <summary>Adds the condition to every rule that configuration and code made, so that their levels hold as they are.</summary>
    public void Watch(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        List<LoggerFilterRule> rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        rules.ForEach(rule => options.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, Narrow(rule.Filter))));
    });

    private Func<string?, string?, LogLevel, bool> Narrow(Func<string?, string?, LogLevel, bool>? filter) => (provider, category, level) =>
        (_open || level < LogLevel.Error || !Layers.Contains(category ?? "")) && (filter is null || filter(provider, category, level));
}
