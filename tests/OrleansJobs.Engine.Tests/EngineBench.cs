using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Engine.Diagnostics;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Testing;
using OrleansJobs.TestKit;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Engine.Tests;

/// <summary>What parts of the engine are given in tests: a clock that is moved, a store and dispatchers that answer as the test says.</summary>
internal sealed class EngineBench : IDispatchers, IDeadSilos, IClusterTurns, IDisposable
{
    public const string JobClass = "c";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public EngineBench(Func<string, object?[], object?> store)
    {
        Store = StandInStore.Of(null, store);
        Services = new DispatcherServices(
            Store, Classes(), Stopping, new LongPoll(Stopping, this, new GridPace(Time)), this, new DispatcherOptions(), Time,
            new ClassGauges(Store, this, Time, NullLogger<ClassGauges>.Instance), new ListLogger<DispatcherShell>(Log));
    }

    public WatchedTimeProvider Time { get; } = new();

    public SiloStopping Stopping { get; } = new();

    public IJobStore Store { get; }

    public DispatcherServices Services { get; }

    /// <summary>What the dispatcher's shell has logged as a warning or worse.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Takes notices; may throw.</summary>
    public Action<DispatcherNotice> OnNotice { get; set; } = _ => { };

    /// <summary>What a notice's delivery waits for.</summary>
    public Task NoticeTaken { get; set; } = Task.CompletedTask;

    /// <summary>Takes new limits.</summary>
    public Action<JobClassSettings> OnSettings { get; set; } = _ => { };

    public async Task NotifyAsync(string jobClass, DispatcherNotice notice)
    {
        await NoticeTaken;
        OnNotice(notice);
    }

    /// <summary>Silos that are dead by the cluster's word.</summary>
    public HashSet<string> Dead { get; } = [];

    public bool IsDead(string silo) => Dead.Contains(silo);

    CancellationToken IClusterTurns.Next => CancellationToken.None;

    TimeSpan IClusterTurns.Bound(TimeSpan wanted) => wanted;

    public Task ApplyAsync(string jobClass, JobClassSettings settings)
    {
        OnSettings(settings);
        return Task.CompletedTask;
    }

    public Task ReconcileAsync(string jobClass) => throw new NotSupportedException();

    public Task<JobClassStatus> GetStatusAsync(string jobClass) => throw new NotSupportedException();

    Task<ClassOverview> IDispatchers.GetOverviewAsync(string jobClass, JobCounts stored) => throw new NotSupportedException();

    Task<IReadOnlyList<TenantUse>> IDispatchers.GetTenantsAsync(string jobClass) => throw new NotSupportedException();

    Task<IReadOnlyList<ErrorGroup>> IDispatchers.GetErrorsAsync(string jobClass) => throw new NotSupportedException();

    public Task<JobWait> ExplainAsync(string jobClass, WaitingJob job) => throw new NotSupportedException();

    public Task<long> WaitForFinishedAsync(string jobClass, long seen, TimeSpan waitUpTo) => throw new NotSupportedException();

    public void Dispose() => Stopping.Dispose();

    private static JobClassRegistry Classes()
    {
        var services = new ServiceCollection();
        services.AddOrleansJobs(jobs => jobs.AddHandler<Nothing, NothingHandler>(JobClass));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<JobClassRegistry>();
    }

    private sealed record Nothing;

    private sealed class NothingHandler : IJobHandler<Nothing>
    {
        public Task<JobResult> HandleAsync(Nothing job, JobContext context) => Task.FromResult(JobResult.Done);
    }
}
