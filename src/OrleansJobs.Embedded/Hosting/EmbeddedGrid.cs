using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Dispatch;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Embedded.Hosting;

/// <summary>Starts and stops the grid with the host: claims the store, rebuilds the dispatchers, runs the agent; drains at the end.</summary>
internal sealed partial class EmbeddedGrid(
    IJobStore store,
    EmbeddedDispatchers dispatchers,
    EmbeddedJobs jobs,
    EmbeddedClassSettings settings,
    DispatcherServices services,
    SiloAgent agent,
    RunningJobs running,
    ForeignInsertWatch watch,
    SiloStopping stopping,
    GridLife life,
    IHostApplicationLifetime host,
    ILogger<EmbeddedGrid> logger) : IHostedService, IAsyncDisposable
{
    private IStoreOwnership? _ownership;
    private CancellationTokenRegistration _whenLost;

    /// <exception cref="StoreSetupException">The store is missing, read-only, or of a newer schema.</exception>
    /// <exception cref="StoreInUseException">Another process has the store; the text names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        _ownership = await store.OwnAsync(StoreClaim.Exclusive, cancellationToken);
        await dispatchers.BeginAsync(jobs, settings, services);
        life.Begin();
        await agent.StartAsync(cancellationToken);
        await watch.StartAsync(cancellationToken);
        _whenLost = _ownership.Lost.Register(StoreLost);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_ownership is not { } ownership)
        {
            return;
        }

        var patience = ownership.Lost.IsCancellationRequested ? TimeSpan.Zero : (TimeSpan?)null;
        await agent.DrainAsync(patience, hurry: cancellationToken);
        life.End("The grid of this process has stopped.");
        stopping.Raise();
        await watch.StopAsync(CancellationToken.None);
        await dispatchers.EndAsync();
        await DisposeAsync();
    }

    /// <summary>Gives the store up; a host that failed to start does not call <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await _whenLost.DisposeAsync();
        if (Interlocked.Exchange(ref _ownership, null) is { } ownership)
        {
            await ownership.DisposeAsync();
        }
    }

    /// <summary>Somebody else may run the jobs now: what runs here does not count any more, and nothing new may start.</summary>
    private void StoreLost()
    {
        LogStoreLost(logger);
        life.End("This process has lost the job store to another one.");
        running.StopAll(CancellationCause.LeaseLost);
        host.StopApplication();
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "This process has lost its claim on the job store to another one. Its running jobs are stopped, and the process with them.")]
    private static partial void LogStoreLost(ILogger logger);
}
