namespace OrleansJobs.Diagnostics;

/// <summary>Names of what spans and measures say: OpenTelemetry's where it has a name for it, ours where it has none.</summary>
public static class JobsTags
{
    /// <summary>What the grid is to OpenTelemetry: the value of <see cref="System"/>.</summary>
    public const string SystemName = "orleansjobs";

    /// <summary>Which messaging system it is.</summary>
    public const string System = "messaging.system";

    /// <summary>The job class.</summary>
    public const string JobClass = "messaging.destination.name";

    /// <summary>What is done: <c>send</c>, <c>start</c>, <c>process</c> or <c>ack</c>.</summary>
    public const string Operation = "messaging.operation.name";

    /// <summary>What kind of operation that is to OpenTelemetry.</summary>
    public const string OperationType = "messaging.operation.type";

    /// <summary>The job's id; on spans only.</summary>
    public const string JobId = "messaging.message.id";

    /// <summary>The bytes of the payload; on spans only.</summary>
    public const string PayloadBytes = "messaging.message.body.size";

    /// <summary>How many jobs a batch has; on spans only.</summary>
    public const string BatchCount = "messaging.batch.message_count";

    /// <summary>Why something failed: a <see cref="JobsException.Code"/> or a <see cref="JobError.Type"/>.</summary>
    public const string ErrorType = "error.type";

    /// <summary>The number of the attempt; on spans only.</summary>
    public const string Attempt = "orleansjobs.job.attempt";

    /// <summary>The job's tenant; on spans only.</summary>
    public const string Tenant = "orleansjobs.job.tenant";

    /// <summary>The job's state afterwards, in lower-case letters.</summary>
    public const string State = "orleansjobs.job.state";

    /// <summary>How an attempt ended, in lower-case letters.</summary>
    public const string Outcome = "orleansjobs.attempt.outcome";

    /// <summary>The silo that ran the attempt; on spans only.</summary>
    public const string Silo = "orleansjobs.silo";

    /// <summary>Why an attempt was asked to stop, in lower-case letters; on events of spans only.</summary>
    public const string Cause = "orleansjobs.stop.cause";

    /// <summary>What held an attempt back before it started, a <see cref="WaitReason"/> in lower-case letters; on spans only.</summary>
    public const string WaitedFor = "orleansjobs.wait.reason";

    /// <summary>The place that a silo had for a suspected job, in lower-case letters.</summary>
    public const string Place = "orleansjobs.suspect.place";

    /// <summary>Which store it is.</summary>
    public const string Store = "db.system.name";
}
