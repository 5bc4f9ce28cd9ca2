using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>
/// Has the dispatcher catch up with the store: when somebody says that it may know more, and now and then, because a notice can be lost with
/// the silo or the connection that had it. One catching up at a time; it is repeated until it succeeds. Once nothing has come in for a
/// period and the store's counts hold nothing that is not known, an idle class asks the store nothing more.
/// </summary>
internal sealed partial class StoreCatchUp(
    Func<Task> catchUp, Func<Task<bool>> isAllKnown, DispatcherServices services, string jobClass, CancellationToken stopping)
{
    /// <summary>Between two catchings up, and between two tries.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private bool _running;
    private bool _wanted;
    private bool _hadTraffic = true;
    private bool _isSettled;

    /// <summary>Jobs come in, so that notices may be lost.</summary>
    public void SawTraffic() => _hadTraffic = true;

    /// <summary>Catches up at once, and again after a time.</summary>
    public void WantTwice(TimeSpan delay)
    {
        _hadTraffic = true;
        Want();
        WantAfter(delay);
    }

    /// <summary>Catches up after a time.</summary>
    public void WantAfter(TimeSpan delay) => Own(WantLaterAsync(delay));

    /// <summary>Catches up at once, or once more after the catching up that is under way.</summary>
    public void Want()
    {
        _wanted = true;
        if (!_running)
        {
            Own(RunAsync());
        }
    }

    /// <summary>Catches up now and then, until the class is idle and all is known.</summary>
    public async Task RunNowAndThenAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Period, services.Time, stopping);
                if (_hadTraffic)
                {
                    (_hadTraffic, _isSettled) = (false, false);
                    Want();
                }
                else if (!_isSettled)
                {
                    await LookAtCountsAsync();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation ends; the next one begins by catching up.
        }
    }

    private void Own(Task work) => work.Own($"The catching up of the dispatcher of '{jobClass}'", services.Logger, stopping);

    private async Task WantLaterAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, services.Time, stopping);
            Want();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }
    }

    /// <summary>A store that does not answer now is asked when catching up, until it does.</summary>
    private async Task LookAtCountsAsync()
    {
        try
        {
            _isSettled = await isAllKnown();
        }
        catch (Exception exception)
        {
            _isSettled = false;
            LogFailed(services.Logger, exception, jobClass);
        }

        if (!_isSettled)
        {
            Want();
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
        finally
        {
            _running = false;
        }
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
