using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Agents;

/// <summary>Whether a dispatcher answers, and the pauses before it is asked again.</summary>
internal sealed partial class DispatcherContact(string jobClass, GridPace pace, ILogger logger)
{
    private readonly ILogger _logger = logger.Contained();
    private readonly Lock _gate = new();
    private readonly GrowingPause _pause = new(pace.Time);
    private bool _unreachable;
    private bool _mustPause;

    /// <summary>An exchange failed.</summary>
    public void Failed(Exception exception)
    {
        if (_unreachable)
        {
            LogStillUnreachable(_logger, exception, jobClass);
        }
        else
        {
            LogUnreachable(_logger, exception, jobClass);
        }
    }

    /// <summary>An exchange ended.</summary>
    /// <param name="answered">Whether there was an answer.</param>
    /// <param name="mustPause">Whether the next one has to wait.</param>
    public void Ended(bool answered, bool mustPause)
    {
        bool again;
        lock (_gate)
        {
            again = answered && _unreachable;
            _unreachable = !answered;
            _mustPause = mustPause;
            if (answered)
            {
                _pause.Reset();
            }
        }

        if (again)
        {
            LogReachable(_logger, jobClass);
        }
    }

    /// <summary>Waits if the next exchange has to wait; the token ends that without an exception.</summary>
    public Task PauseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_mustPause)
            {
                return Task.CompletedTask;
            }

            _mustPause = false;
        }

        return _pause.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' does not answer; the exchange is repeated.")]
    private static partial void LogUnreachable(ILogger logger, Exception exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The dispatcher of '{JobClass}' still does not answer.")]
    private static partial void LogStillUnreachable(ILogger logger, Exception exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher of '{JobClass}' answers again.")]
    private static partial void LogReachable(ILogger logger, string jobClass);
}
