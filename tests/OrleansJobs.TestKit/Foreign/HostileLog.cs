using Microsoft.Extensions.Logging;

namespace OrleansJobs.TestKit.Foreign;

/// <summary>A log provider that throws at one thing, and keeps the lines of the rest.</summary>
public sealed class HostileLog(LogFault fault) : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    /// <summary>Whether it has had enough of throwing.</summary>
    public bool Recovered { get; set; }

    /// <summary>What got through, each with its level and its exception.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Throw(LogFault.Scope);
        return fault == LogFault.ScopeEnd ? this : null;
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        Throw(LogFault.Level);
        return true;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Throw(LogFault.Line);
        lock (_gate)
        {
            _lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }

    public void Dispose() => Throw(LogFault.ScopeEnd);

    private void Throw(LogFault now)
    {
        if (now == fault && !Recovered)
        {
            throw new IOException("the log's disk is full");
        }
    }
}
