using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Logging;

namespace OrleansJobs.Grains.Hosting;

/// <summary>
/// Holds back the warnings of Orleans' watchdog until the silo is active. Its thread may check the silo's parts before it has noted when
/// it began; it then warns of a check that has lasted as long as the machine has been up.
/// </summary>
internal sealed class WatchdogLog : ILifecycleParticipant<ISiloLifecycle>
{
    private const string Category = "Orleans.Runtime.Watchdog";

    private volatile bool _isActive;

    public static void Add(IServiceCollection services)
    {
        var log = new WatchdogLog();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(log);
        services.PostConfigure<LoggerFilterOptions>(options => LogRules.Narrow(options, log.IsShown));
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(WatchdogLog), ServiceLifecycleStage.Active, _ =>
    {
        _isActive = true;
        return Task.CompletedTask;
    });

    private bool IsShown(string? category, LogLevel level) => _isActive || level != LogLevel.Warning || category != Category;
}
