using Microsoft.Extensions.Logging;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// Has the dispatcher catch up with the store: when somebody says that it may know more, and now and then where jobs come in, because a
/// notice can be lost with the silo or the connection that had it. One catching up at a time; it is repeated until it succeeds.
/// </summary>
internal sealed partial class StoreCatchUp(
    Func<Task> catchUp, DispatcherServices services, string jobClass, CancellationToken stopping)
{
    /// <summary>Between two catchings up, and between two tries.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private bool _running;
    private bool _wanted;
    private bool _hadTraffic;

    /// <summary>Jobs come in, so that notices may be lost.</summary>
    public void SawTraffic() => _hadTraffic = true;

    /// <summary>Catches up at once, or once more after the catching up that is under way.</summary>
    public void Want()
    {
        _wanted = true;
        if (!_running)
        {
            _ = RunAsync();
        }
    }

    /// <summary>Catches up now and then, unless the class is idle.</summary>
    public async Task RunNowAndThenAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Period, services.Time, stopping);
                if (_hadTraffic)
                {
                    _hadTraffic = false;
                    Want();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation ends; the next one begins by catching up.
        }
    }

    private async Task RunAsync()
    {
        _running = true;
        try
        {
            while (_wanted && !stopping.IsCancellationRequested)
            {
                _wanted = false;
                await TryAsync();
                await Task.Delay(Pause, services.Time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }

        _running = false;
    }

    private async Task TryAsync()
    {
        try
        {
            await catchUp();
        }
        catch (Exception exception)
        {
            _wanted = true;
            LogFailed(services.Logger, exception, jobClass);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' could not catch up with the store yet.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string jobClass);
}
