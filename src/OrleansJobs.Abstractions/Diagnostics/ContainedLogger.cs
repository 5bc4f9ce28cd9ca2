using Microsoft.Extensions.Logging;

namespace OrleansJobs.Diagnostics;

/// <summary>A logger whose faults stay in it: neither a line nor a scope nor its end ever throws. See <see cref="ForeignCode"/>.</summary>
/// <param name="inner">The logger.</param>
/// <param name="tells">Whether its lines may be followed by one that tells of contained faults; an application's own logger is for its own lines.</param>
internal sealed partial class ContainedLogger(ILogger inner, bool tells) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull =>
        ForeignCode.Ask((inner, state), static one => one.inner.BeginScope(one.state)) is { } scope ? new Scope(scope) : null;

    public bool IsEnabled(LogLevel logLevel) => ForeignCode.Ask((inner, logLevel), static one => one.inner.IsEnabled(one.logLevel));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            if (tells && ForeignCode.HasUntold)
            {
                TellFaults();
            }
        }
        catch (Exception fault)
        {
            ForeignCode.Note(fault);
        }
    }

    private void TellFaults()
    {
        if (ForeignCode.TakeUntold() is (> 0 and var count, { } last))
        {
            LogFaults(inner, count, last.GetType().FullName);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The log, a listener to telemetry or something else that is not the grid's own threw {Count} times, the last time {Error}; the jobs go on.")]
    private static partial void LogFaults(ILogger logger, int count, string? error);

    private sealed class Scope(IDisposable inner) : IDisposable
    {
        public void Dispose() => ForeignCode.Run(inner, static scope => scope.Dispose());
    }
}
