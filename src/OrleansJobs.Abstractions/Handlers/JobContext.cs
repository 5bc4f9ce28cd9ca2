using Microsoft.Extensions.Logging;

namespace OrleansJobs;

/// <summary>One attempt of a job, as its handler and the middleware around it see it.</summary>
public abstract class JobContext
{
    /// <summary>The job's identity: a natural key for making effects repeatable.</summary>
    public abstract JobId JobId { get; }

    /// <summary>The job's class.</summary>
    public abstract string JobClass { get; }

    /// <summary>The job's tenant; empty for the shared one.</summary>
    public abstract string Tenant { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>The attempts the job may use.</summary>
    public abstract int MaxAttempts { get; }

    /// <summary>Fences this attempt: it only ever rises, so a store that remembers the last one can refuse a late writer.</summary>
    public abstract long LeaseToken { get; }

    /// <summary>When the job was submitted.</summary>
    public abstract DateTimeOffset SubmittedAt { get; }

    /// <summary>The job's tags.</summary>
    public abstract IReadOnlyList<string> Tags { get; }

    /// <summary>What the job carries, as the handler gets it.</summary>
    public abstract object Payload { get; }

    /// <summary>Fires when the attempt should end: timeout, cancel, drain or a lost lease.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>Why <see cref="CancellationToken"/> fired.</summary>
    public abstract CancellationCause CancellationCause { get; }

    /// <summary>A logger whose scope has the job's id, class, attempt and silo.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>The services of this attempt's scope.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>A place for middleware to leave things for one another.</summary>
    public IDictionary<string, object?> Items { get; } = new Dictionary<string, object?>(StringComparer.Ordinal);

    /// <summary>Says that the attempt is alive, for classes with a heartbeat timeout. Costs nothing durable.</summary>
    public abstract void Heartbeat();

    /// <summary>Says how far the attempt is; also a heartbeat. Frequent reports are merged; the last one is kept.</summary>
    /// <param name="fraction">From 0 to 1; values outside are moved to the nearer end.</param>
    /// <param name="message">What is being done.</param>
    public abstract ValueTask ReportProgressAsync(double fraction, string? message = null);

    /// <summary>
    /// Stores where the attempt stands, durably, before it returns; the next attempt, on any silo, reads it by
    /// <see cref="LoadCheckpoint{T}"/>. Also a heartbeat.
    /// </summary>
    /// <exception cref="PayloadTooLargeException">The checkpoint is over <see cref="JobLimits.MaxCheckpointBytes"/>.</exception>
    public abstract Task SaveCheckpointAsync<T>(T checkpoint);

    /// <summary>The last checkpoint of this job, from this attempt or an earlier one; the default when there is none.</summary>
    public abstract T? LoadCheckpoint<T>();
}
