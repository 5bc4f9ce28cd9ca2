using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Logging;

/// <summary>The logger that a handler gets: the host's own, whose lines of some level on go into the job's log as well.</summary>
internal sealed class AttemptLogger(JobLog log, JobRecord job, ILogger host, LogLevel from, TimeProvider time) : ILogger
{
    private int _lines;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => host.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => IsKept(logLevel) || host.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsKept(logLevel) && Interlocked.Increment(ref _lines) is var line && line <= InsightLimits.MaxLogLinesPerAttempt)
        {
            Add(line - 1, logLevel, TextOf(state, exception, formatter));
        }

        host.Log(logLevel, eventId, state, exception, formatter);
    }

    /// <summary>The attempt has ended.</summary>
    public void End()
    {
        if (Volatile.Read(ref _lines) is var lines && lines > InsightLimits.MaxLogLinesPerAttempt)
        {
            Add(
                InsightLimits.MaxLogLinesPerAttempt,
                LogLevel.Warning,
                $"{lines - InsightLimits.MaxLogLinesPerAttempt} more lines were left out: {InsightLimits.MaxLogLinesPerAttempt} are kept of an attempt.");
        }

        if (lines > 0)
        {
            log.Hurry();
        }
    }

    private bool IsKept(LogLevel level) => level >= from && level != LogLevel.None;

    private void Add(int line, LogLevel level, string text) => log.Add(new LoggedLine(
        job.Id, new JobLogLine(LoggedLine.SequenceOf(job.LeaseToken, line), time.GetUtcNow(), job.Attempt, level, text)));

    /// <summary>A line that cannot be made is told by its exception.</summary>
    private static string TextOf<TState>(TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string text;
        try
        {
            text = formatter(state, exception);
            text = exception is null ? text : $"{text}{Environment.NewLine}{exception}";
        }
        catch (Exception fault)
        {
            text = $"A line that could not be written: {fault.GetType().FullName}.";
        }

        return text.Length <= InsightLimits.MaxLogLineLength ? text : string.Concat(text.AsSpan(0, InsightLimits.MaxLogLineLength - 1), "…");
    }
}
