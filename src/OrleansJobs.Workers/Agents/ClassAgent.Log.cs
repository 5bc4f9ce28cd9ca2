using Microsoft.Extensions.Logging;

namespace OrleansJobs.Workers.Agents;

internal sealed partial class ClassAgent
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The dispatcher of '{JobClass}' does not answer; the exchange is repeated.")]
    private static partial void LogUnreachable(ILogger logger, Exception? exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The dispatcher of '{JobClass}' still does not answer.")]
    private static partial void LogStillUnreachable(ILogger logger, Exception? exception, string jobClass);

    [LoggerMessage(Level = LogLevel.Information, Message = "The dispatcher of '{JobClass}' answers again.")]
    private static partial void LogReachable(ILogger logger, string jobClass);
}
