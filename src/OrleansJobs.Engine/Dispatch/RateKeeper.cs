using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>Stores how far the class's rate is used up when the core wants it, so that the next life knows. What fails is wanted again.</summary>
internal sealed partial class RateKeeper(
    Dispatcher core, DispatcherLife life, DispatcherServices services, SteadyClock clock, string jobClass, CancellationToken stopping)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Stores what there is to store.</summary>
    /// <returns>Whether there was anything; then the core may have more to decide.</returns>
    public async Task<bool> StoreAsync()
    {
        if (core.BeginStoringRate(clock.Now) is not { } mark)
        {
            return false;
        }

        var isStored = false;
        try
        {
            // The next life reads it by the wall clock.
            isStored = await life.StoreAsync(mark with { EmptyAt = mark.EmptyAt + clock.Ahead });
            if (!isStored)
            {
                core.Supersede();
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            LogFailed(services.Logger, exception, jobClass);
            await Task.Delay(Pause, services.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        core.EndStoringRate(isStored);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far the rate of '{JobClass}' is used up could not be stored; trying again.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string jobClass);
}
