using Microsoft.Extensions.Hosting;
using OrleansJobs.Embedded.Classes;
using OrleansJobs.Embedded.Dispatch;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Embedded.Silos;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Diagnostics;

namespace OrleansJobs.Embedded.Hosting;

/// <summary>Starts and stops the grid with the host: claims the store, rebuilds the dispatchers, runs the agent; drains at the end.</summary>
internal sealed class EmbeddedGrid(
    StoreTenure tenure,
    EmbeddedDispatchers dispatchers,
    EmbeddedJobs jobs,
    EmbeddedClassSettings settings,
    DispatcherServices services,
    SiloAgent agent,
    SiloReport report,
    ForeignInsertWatch watch,
    UnknownClassWatch unknownClasses,
    SiloStopping stopping,
    GridLife life) : IHostedService
{
    private bool _started;

    /// <exception cref="StoreSetupException">The store is missing, read-only, or of a newer schema.</exception>
    /// <exception cref="StoreInUseException">Another process has the store; the text names it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await tenure.BeginAsync(StoreClaim.Exclusive, "", cancellationToken);
        await dispatchers.BeginAsync(jobs, settings, services);
        _started = true;
        report.Begin();
        life.Begin();
        await agent.StartAsync(cancellationToken);
        await watch.StartAsync(cancellationToken);
        await unknownClasses.StartAsync(cancellationToken);
    }

    /// <summary>Clients are answered while running jobs finish, and not any more after that.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_started)
        {
            _started = false;
            await agent.DrainAsync(tenure.IsLost ? TimeSpan.Zero : null, hurry: cancellationToken);
            life.End("The grid of this process has stopped.");
            stopping.Raise();
            await unknownClasses.StopAsync(CancellationToken.None);
            await watch.StopAsync(CancellationToken.None);
            await dispatchers.EndAsync();
        }

        await tenure.DisposeAsync();
    }
}
