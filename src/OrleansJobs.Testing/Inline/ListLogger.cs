using Microsoft.Extensions.Logging;

namespace OrleansJobs.Testing;

/// <summary>Keeps what is logged. Safe to use from many threads.</summary>
internal sealed class ListLogger : ILogger
{
    private readonly Lock _gate = new();
    private readonly List<TestLogLine> _lines = [];

    public IReadOnlyList<TestLogLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var line = new TestLogLine(logLevel, formatter(state, exception), exception);
        lock (_gate)
        {
            _lines.Add(line);
        }
    }
}
