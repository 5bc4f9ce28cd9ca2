namespace OrleansJobs.Testing;

/// <summary>What a handler under test is told of its attempt.</summary>
public sealed record TestAttempt
{
    /// <summary>The job; a new one by default.</summary>
    public JobId JobId { get; init; } = JobId.New();

    /// <summary>The job's class; "test" by default.</summary>
    public string JobClass { get; init; } = "test";

    /// <summary>The job's tenant; the shared one by default.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Which attempt it is, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The attempts the job may use; 10 by default.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>The fence; 1 by default.</summary>
    public long LeaseToken { get; init; } = 1;

    /// <summary>When the job was submitted; the clock's time by default.</summary>
    public DateTimeOffset SubmittedAt
    {
        get => field == default ? Time.GetUtcNow() : field;
        init;
    }

    /// <summary>The job's tags; none by default.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What an earlier attempt stored to go on from; nothing by default.</summary>
    public object? Checkpoint { get; init; }

    /// <summary>The services of the attempt; none by default.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>How payload, result and checkpoint are written.</summary>
    public JobSerializer Serializer { get; init; } = JobSerializer.Default;

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
