using Microsoft.Extensions.Logging;

namespace OrleansJobs.Workers.Logging;

/// <summary>Adds a condition to what an application lets be logged, without a change to the levels that it chose.</summary>
public static class LogRules
{
    /// <summary>
    /// Adds the condition to every rule of configuration and code. A filter of its own would not do: of several rules the most specific one
    /// alone counts. Call it after all else that is configured.
    /// </summary>
    /// <param name="options">The rules.</param>
    /// <param name="condition">Whether a line of this category and level is logged, if its rule lets it.</param>
    public static void Narrow(LoggerFilterOptions options, Func<string?, LogLevel, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(condition);
        List<LoggerFilterRule> rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (var rule in rules)
        {
            options.Rules.Add(new LoggerFilterRule(rule.ProviderName, rule.CategoryName, rule.LogLevel, Both(rule.Filter, condition)));
        }
    }

    private static Func<string?, string?, LogLevel, bool> Both(
        Func<string?, string?, LogLevel, bool>? filter, Func<string?, LogLevel, bool> condition) =>
        (provider, category, level) => condition(category, level) && (filter is null || filter(provider, category, level));
}
