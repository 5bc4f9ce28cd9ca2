using Microsoft.Extensions.Logging;

namespace OrleansJobs.Engine.Dispatch;

internal sealed partial class DispatcherShell
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher of '{JobClass}' is up (epoch {Epoch}), {Running} jobs run.")]
    private static partial void LogBegan(ILogger logger, string jobClass, long epoch, int running);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' (epoch {Epoch}) gives way to a later one.")]
    private static partial void LogSuperseded(ILogger logger, string jobClass, long epoch);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The dispatcher of '{JobClass}' goes on although {Silos} have not said what they run: what they were given just before is not counted until they do.")]
    private static partial void LogUnheard(ILogger logger, string jobClass, string silos);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of this machine was set {Direction} by {By}. Leases, rates and delays of '{JobClass}' that were under way stay as long as they were; jobs are due by the new time.")]
    private static partial void LogClockSet(ILogger logger, string direction, TimeSpan by, string jobClass);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {Silo} is lost; its leases of '{JobClass}' expire.")]
    private static partial void LogSiloLost(ILogger logger, string silo, string jobClass);
}
