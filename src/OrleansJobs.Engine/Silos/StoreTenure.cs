using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Execution;

namespace OrleansJobs.Engine.Silos;

/// <summary>
/// The time for which this process has the store. When another one takes it, that one may run the jobs: then nothing new starts here, what
/// runs does not count any more and is stopped, and so is the host.
/// </summary>
internal sealed partial class StoreTenure(
    IJobStore store, RunningJobs running, SiloStopping stopping, IHostApplicationLifetime host, ILogger<StoreTenure> logger) : IAsyncDisposable
{
    private IStoreOwnership? _ownership;
    private CancellationTokenRegistration _whenLost;

    /// <summary>Whether the store was lost to another process.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Makes the store ready and claims it.</summary>
    /// <param name="claim">Alone, or together with other silos.</param>
    /// <param name="cluster">Whose silos these are.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="StoreSetupException">The store is missing, read-only, or of a newer schema.</exception>
    /// <exception cref="StoreInUseException">Another process has the store; the text names it.</exception>
    public async Task BeginAsync(StoreClaim claim, string cluster, CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        _ownership = await store.OwnAsync(claim, cluster, cancellationToken);
        _whenLost = _ownership.Lost.Register(Lose);
    }

    /// <summary>Gives the store up. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _whenLost.DisposeAsync();
        if (Interlocked.Exchange(ref _ownership, null) is { } ownership)
        {
            await ownership.DisposeAsync();
        }
    }

    private void Lose()
    {
        IsLost = true;
        LogLost(logger.Contained());
        stopping.Raise();
        running.StopAll(CancellationCause.LeaseLost);
        host.StopApplication();
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "This process has lost its claim on the job store to another one. Its running jobs are stopped, and the process with them.")]
    private static partial void LogLost(ILogger logger);
}
