using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.Grains.Tests.Hosting;

/// <summary>Counts the lines that are logged, by level and category.</summary>
internal sealed class LineCounter : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Category)> _lines = new();

    public void Clear() => _lines.Clear();

    public int Count(LogLevel atLeast, string category = "") =>
        _lines.Count(line => line.Level >= atLeast && line.Category.StartsWith(category, StringComparison.Ordinal));

    /// <summary>What a failed test shows: the most talkative categories.</summary>
    public override string ToString() => string.Join("\n", _lines.GroupBy(line => line).OrderByDescending(group => group.Count()).Take(10)
        .Select(group => $"{group.Count()} × {group.Key}"));

    public ILogger CreateLogger(string categoryName) => new Logger(_lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<(LogLevel Level, string Category)> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((logLevel, category));
    }
}
