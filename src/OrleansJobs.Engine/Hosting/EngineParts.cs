using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Audit;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Engine.Logging;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Engine.Hosting;

/// <summary>The parts that every engine has.</summary>
internal static class EngineParts
{
    /// <summary>
    /// Adds them. The engine adds what they need of it: <see cref="IDispatchers"/>, <see cref="IClusterTurns"/>,
    /// <see cref="IDeadSilos"/>, and the ports of the workers. The store is chosen beside it.
    /// </summary>
    public static IServiceCollection AddEngineParts(this IServiceCollection services)
    {
        services.ExpectJobStore();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DispatcherOptions { LeaseTimeout = provider.GetRequiredService<WorkerOptions>().LeaseTimeout });
        services.AddSingleton<SiloStopping>();
        services.AddSingleton<StoreTenure>();
        services.AddSingleton<LongPoll>();
        services.AddSingleton<DispatcherNotifier>();
        services.AddSingleton<ClassGauges>();
        services.AddSingleton<DispatcherServices>();
        services.AddSingleton<UnclearWrites>();
        services.AddSingleton<SubmitDesk>();
        services.AddSingleton<JobDesk>();
        services.AddSingleton<GridReader>();
        services.AddSingleton<IJobLogPort, JobLogPort>();
        services.TryAddSingleton<AuditOptions>();
        services.TryAddSingleton<IAuditTrail, StoreAuditTrail>();
        return services;
    }
}
