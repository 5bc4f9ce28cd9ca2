using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Testing;
using OrleansJobs.TestKit;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Tests;

/// <summary>What parts of the engine are given in tests: a clock that is moved, a store and dispatchers that answer as the test says.</summary>
internal sealed class EngineBench : IDispatchers, IDeadSilos, IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JobClassRegistry Classes = new ServiceCollection().AddOrleansJobs(jobs => jobs.AddHandler<string, NoHandler>("c"))
        .Services.BuildServiceProvider().GetRequiredService<JobClassRegistry>();

    public EngineBench(Func<string, object?[], object?> store)
    {
        Store = StandInStore.Of(null, store);
        Services = new DispatcherServices(
            Store, Classes, Stopping, null!, this, new DispatcherOptions(), Time,
            new ClassGauges(Store, this, Time, NullLogger<ClassGauges>.Instance), NullLogger<DispatcherShell>.Instance);
    }

    public WatchedTimeProvider Time { get; } = new();

    public SiloStopping Stopping { get; } = new();

    public IJobStore Store { get; }

    public DispatcherServices Services { get; }

    /// <summary>Takes notices; may throw.</summary>
    public Action<DispatcherNotice> OnNotice { get; set; } = _ => { };

    public Task NotifyAsync(string jobClass, DispatcherNotice notice)
    {
        OnNotice(notice);
        return Task.CompletedTask;
    }

    public bool IsDead(string silo) => false;

    public Task ApplyAsync(string jobClass, JobClassSettings settings) => throw new NotSupportedException();

    public Task ReconcileAsync(string jobClass) => throw new NotSupportedException();

    public Task<JobClassStatus> GetStatusAsync(string jobClass) => throw new NotSupportedException();

    Task<ClassOverview> IDispatchers.GetOverviewAsync(string jobClass, JobCounts stored) => throw new NotSupportedException();

    Task<IReadOnlyList<TenantUse>> IDispatchers.GetTenantsAsync(string jobClass) => throw new NotSupportedException();

    Task<IReadOnlyList<ErrorGroup>> IDispatchers.GetErrorsAsync(string jobClass) => throw new NotSupportedException();

    public Task<JobWait> ExplainAsync(string jobClass, WaitingJob job) => throw new NotSupportedException();

    public Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo) => throw new NotSupportedException();

    public void Dispose() => Stopping.Dispose();

    private sealed class NoHandler : IJobHandler<string>
    {
        public Task<JobResult> HandleAsync(string payload, JobContext context) => throw new NotSupportedException();
    }
}
