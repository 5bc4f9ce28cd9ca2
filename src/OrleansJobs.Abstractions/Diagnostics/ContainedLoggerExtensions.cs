using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrleansJobs.Diagnostics;

/// <summary>Makes the grid's loggers.</summary>
internal static class ContainedLoggerExtensions
{
    /// <summary>The logger, its faults contained.</summary>
    public static ILogger Contained(this ILogger logger) => logger as ContainedLogger ?? new ContainedLogger(logger, tells: true);

    /// <summary>The logger of a category of the application's, its faults contained; one that cannot be made logs nothing.</summary>
    public static ILogger CreateContained(this ILoggerFactory loggers, string category) =>
        new ContainedLogger(
            ForeignCode.Ask((loggers, category), static one => one.loggers.CreateLogger(one.category)) ?? NullLogger.Instance, tells: false);
}
