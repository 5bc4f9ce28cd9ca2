using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Agents;

/// <summary>The pools of this silo, one for each job class: takes leases for them, and gives everything back when the silo drains.</summary>
public sealed partial class SiloAgent : IDisposable
{
    private readonly RunningJobs _running;
    private readonly ProcessGate _gate;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<ClassAgent> _agents;
    private volatile bool _draining;

    /// <summary>Makes the agent; <see cref="StartAsync"/> sets it to work.</summary>
    public SiloAgent(
        JobClassRegistry registry,
        RunningJobs running,
        ProcessGate gate,
        IDispatcherPort dispatchers,
        ISlotRunner slots,
        LocalSilo silo,
        WorkerOptions options,
        TimeProvider time,
        GridPace pace,
        ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(options);
        _running = running;
        _gate = gate;
        _options = options;
        _time = time;
        _logger = loggers.CreateLogger<SiloAgent>().Contained();
        var parts = new AgentParts(dispatchers, slots, running, gate, silo, options, time, pace, loggers);
        _agents = [.. registry.All.Select(jobClass => new ClassAgent(jobClass, parts))];
    }

    /// <summary>Whether the silo takes no more jobs.</summary>
    public bool IsDraining => _draining;

    /// <summary>The pools as they stand, one for each job class.</summary>
    public IReadOnlyList<SiloPool> Pools => [.. _agents.Select(agent => agent.Pool)];

    /// <summary>Begins to take leases; returns before the dispatchers have answered.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _agents.ForEach(agent => agent.Start());
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops taking leases for good and tells the dispatchers; what runs goes on, and the silo stays. Returns at once. May be called again
    /// and does nothing then.
    /// </summary>
    public void StopLeasing()
    {
        if (!_draining)
        {
            LogStopLeasing(_logger, _running.Count);
        }

        BeginDrainAsync().Own("The drain of this silo", _logger);
    }

    /// <summary>
    /// Stops taking leases, tells the dispatchers, and lets running jobs finish; then stops the rest and gives their jobs back at no cost of
    /// an attempt. A handler that does not stop even then is left to itself. May be called again and does nothing then.
    /// </summary>
    /// <param name="timeout">
    /// How long running jobs may go on; <see cref="WorkerOptions.DrainTimeout"/> if not given. Moved into the range from 0 to
    /// <see cref="WorkerOptions.MaxDrainTimeout"/>.
    /// </param>
    /// <param name="hurry">Ends the waiting for running jobs at once.</param>
    public async Task DrainAsync(TimeSpan? timeout = null, CancellationToken hurry = default)
    {
        var patience = PatienceOf(timeout ?? _options.DrainTimeout);
        LogDraining(_logger, _running.Count, patience);
        var drained = BeginDrainAsync();
        if (!await EndsWithinAsync(drained, patience, hurry))
        {
            LogStopping(_logger, _running.Count);
            _running.StopAll(CancellationCause.Draining);
        }

        var delivered = Task.WhenAll(_agents.Select(agent => agent.WhenDeliveredAsync()));
        if (!await EndsWithinAsync(delivered, _options.DrainGracePeriod + _options.ReleaseTimeout, CancellationToken.None))
        {
            LogGivenUp(_logger, _running.Count);
        }

        _running.Abandon();
        await Task.WhenAll(_agents.Select(agent => agent.StopAsync()));
    }

    /// <inheritdoc/>
    public void Dispose() => _agents.ForEach(agent => agent.Dispose());

    private static TimeSpan PatienceOf(TimeSpan wanted) =>
        wanted < TimeSpan.Zero ? TimeSpan.Zero : wanted > WorkerOptions.MaxDrainTimeout ? WorkerOptions.MaxDrainTimeout : wanted;

    /// <summary>Completes when no lease is worked on any more.</summary>
    private Task BeginDrainAsync()
    {
        _draining = true;
        _gate.Drain();
        return Task.WhenAll(_agents.Select(agent => agent.DrainAsync()));
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan timeout, CancellationToken hurry)
    {
        try
        {
            await task.WaitAsync(timeout, _time, hurry);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This silo takes no more jobs; {Running} run on.")]
    private static partial void LogStopLeasing(ILogger logger, int running);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: {Running} jobs have {Patience} to finish.")]
    private static partial void LogDraining(ILogger logger, int running, TimeSpan patience);

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: {Running} jobs are stopped and given back.")]
    private static partial void LogStopping(ILogger logger, int running);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Draining: out of time; {Running} jobs are left for the dispatchers to find.")]
    private static partial void LogGivenUp(ILogger logger, int running);
}
