using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Serialization;
using OrleansJobs.Client.Grains;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Grains.Jobs;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>What crosses the wire arrives as it was sent; compared by its JSON, so that no property is forgotten.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly JobError Error = new("type", "message", "stack");
    private static readonly JobProgress Progress = new(0.25, "working", At);
    private static readonly JobAttempt Attempt = new(2, "silo", At, At.AddSeconds(1), AttemptOutcome.Failed, Error) { TraceParent = "t", DueAt = At.AddHours(-1), WaitedFor = WaitReason.PoolFull };
    private static readonly WaitingJob Waiting = new(JobId.New(), "acme", 7, 3, At, JobState.Retrying);
    private static readonly JobLease Lease = new(new LeaseId(5, 6), "email", Waiting, At) { WaitedFor = WaitReason.NoSilo };
    private static readonly LeaseCompletion Completion = new(Waiting.Id, Lease.Id, JobState.Retrying, At, true, true, TimeSpan.FromSeconds(2)) { Error = Error };

    private static readonly JobClassSettings Settings = new()
    {
        Revision = 3,
        MaxLocalWorkers = 4,
        MaxConcurrentJobs = 5,
        MaxConcurrentJobsPerTenant = 2,
        Rate = Rate.PerSecond(50),
        TenantWeights = new Dictionary<string, int> { ["acme"] = 3 },
        Paused = true,
    };

    private static readonly JobClassStatus Status = new()
    {
        JobClass = "email",
        Settings = Settings,
        MaxLocalWorkersCeiling = 8,
        Counts = new() { Scheduled = 1, Queued = 2, Running = 3, Retrying = 4, Succeeded = 5, DeadLettered = 6, Cancelled = 7 },
        Pools = [new("s", 4, 2, true, At) { Overstaying = 2 }],
        Started = 1,
        Finished = 2,
        Failed = 3,
        Since = At,
    };

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddOrleansJobsClient().BuildServiceProvider();

    public static TheoryData<string> Names => new(Messages.Keys);

    private static Dictionary<string, object> Messages { get; } = new object[]
    {
        Submission(), Record(), Snapshot(), Settings, Lease, Completion,
        new HeldLease(Lease, 9),
        new ExchangeRequest { Silo = "s", KnownEpoch = 4, Permits = 3, Draining = true, Completions = [Completion], Held = [new(Lease, null)], Number = 9, Overstays = [new(Waiting.Id, Lease.Id, "acme", TimeSpan.FromSeconds(3))] },
        new ExchangeReply { Epoch = 4, HeldWanted = true, Leases = [Lease], Stops = [new StopOrder(Lease.Id, 3)], Lost = [Lease.Id], Settings = Settings, ParkedFor = TimeSpan.FromSeconds(2) },
        new StartReply(Verdict.Applied, Record()),
        new AckReply(Verdict.StaleLease, JobState.Retrying, At),
        new ReportReply(Verdict.Repeated, true),
        new AttemptAck { LeaseToken = 3, Outcome = AttemptOutcome.Failed, Result = new byte[] { 1 }, Error = Error, Retryable = false, Delay = TimeSpan.FromSeconds(3), TraceParent = "t" },
        new ExpireReply(Waiting, true),
        new DispatcherNotice { Waiting = [Waiting], Withdrawn = [Waiting.Id], Stops = [new RequestedStop(Waiting.Id, 3)], Incomplete = true, Finished = 2, Arrived = 3 },
        new JobClassChange { MaxLocalWorkers = 1, MaxConcurrentJobs = 2, MaxConcurrentJobsPerTenant = 3, Rate = Rate.PerMinute(5), Paused = false, TenantWeights = new Dictionary<string, int> { ["a"] = 2 } },
        Status,
        new ClassOverview(Status, History()),
        new TenantUse { Tenant = "acme", Weight = 3, Waiting = 4, Spilled = true, Running = 5, Started = 6 },
        new ErrorGroup { Type = "t", Message = "m", Count = 3, FirstAt = At, LastAt = At.AddDays(1), LastJob = Waiting.Id },
        new SiloOverview { Silo = "s", Version = "1", Host = "h", ProcessId = 2, StartedAt = At, Draining = true, CpuFraction = 0.5, Processors = 4, WorkingSetBytes = 5, GcHeapBytes = 6, GcPauseFraction = 0.1, Gen2Collections = 7, Pools = [new("email", 3, 9, 2) { Overstaying = 1 }], Running = [new(Waiting.Id, "email", "acme", 2, At)], Dispatchers = ["email"] },
        new GrainActivity("JobGrain", "s", 3),
        new JobLogLine(3, At, 2, LogLevel.Warning, "text"),
        new JobPage([Snapshot()], "next"),
        new JobFilter { JobClass = "email", State = JobState.Queued, Tenant = "acme", Tag = "t", UniqueKey = "k", SubmittedFrom = At, SubmittedBefore = At.AddDays(1), ErrorText = "disk" },
        new FinishedJob(17, Snapshot()),
        new JobWait(WaitReason.Rate, "because", At),
        Reply<SubmitReceipt>.Of(new SubmitReceipt(Waiting.Id, SubmitStatus.UniqueKeyTaken)),
        Reply<JobSnapshot>.Failed(new JobStateException(Waiting.Id, JobState.Running, "retried")),
    }.ToDictionary(message => message.GetType().ToString());

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_ArrivesAsItWasSent(string name)
    {
        var sent = Messages[name];
        var serializer = _services.GetRequiredService<Serializer>();

        var arrived = serializer.Deserialize<object>(serializer.SerializeToArray<object>(sent))!;

        Assert.Equal(Json(sent), Json(arrived));
    }

    public static TheoryData<string> Faults => new(Exceptions.Keys);

    private static Dictionary<string, Exception> Exceptions { get; } = new Exception[]
    {
        new JobNotFoundException(Waiting.Id),
        new DuplicateJobException(Waiting.Id),
        new UnknownJobClassException("email"),
        new JobStateException(Waiting.Id, JobState.Running, "retried"),
        new InvalidOptionsException(["one", "two"]),
        new PayloadTooLargeException("payload", 5, 4),
        new InvalidRequestException("not valid"),
        new GridUnavailableException("away", new NpgsqlException("cut", new IOException("reset"))),
        new BatchTooLargeException(10_001, 10_000),
        new StoreInUseException("somebody has it"),
        new StoreSetupException("it is missing"),
        new UniqueKeyTakenException(Waiting.Id),
        new NpgsqlException("cut", new IOException("reset")),
        new IOException("disk"),
        new AggregateException(new IOException("disk"), new GridUnavailableException("away")),
    }.ToDictionary(exception => exception.GetType().Name);

    [Theory]
    [MemberData(nameof(Faults))]
    public void Exception_ArrivesAsItWasThrown(string name)
    {
        var sent = Exceptions[name];
        var serializer = _services.GetRequiredService<Serializer>();

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(sent))!;

        Assert.Equal((sent.GetType(), sent.Message), (arrived.GetType(), arrived.Message));
        if (sent is JobsException expected and not (BatchTooLargeException or StoreInUseException or StoreSetupException))
        {
            Assert.Equal(Json(GridError.From(expected)), Json(GridError.From((JobsException)arrived)));
        }
    }

    [Fact]
    public void Exceptions_AreAllTried() => Assert.Empty(typeof(JobsException).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(JobsException)) && type != typeof(JobFailedException)).Select(type => type.Name).Except(Exceptions.Keys));

    [Fact]
    public void AbsentResult_StaysAbsent()
    {
        var serializer = _services.GetRequiredService<Serializer>();
        var arrived = serializer.Deserialize<JobRecord>(serializer.SerializeToArray(Record() with { Result = null, Checkpoint = null }))!;

        Assert.Null(arrived.Result);
        Assert.Null(arrived.Checkpoint);
    }

    public void Dispose() => _services.Dispose();

    private static string Json(object message) => JsonSerializer.Serialize(message, message.GetType());

    private static JobSubmission Submission() => new()
    {
        JobClass = "email",
        Payload = new byte[] { 1, 2, 3 },
        ContentType = "text/plain",
        TraceParent = "00-1-2-01",
        Options = new SubmitOptions
        {
            Id = JobId.New(), Tenant = "acme", Priority = 8, Delay = TimeSpan.FromSeconds(3), DueAt = At, UniqueKey = "k", MaxAttempts = 4,
            Timeout = TimeSpan.FromMinutes(2), Cost = 5, Tags = ["a", "b"],
        },
    };

    private static JobRecord Record() => new()
    {
        Id = Waiting.Id, JobClass = "email", Tenant = "acme", Priority = 7, Cost = 2, UniqueKey = "k", Tags = ["a"], ContentType = "text/plain",
        Payload = new byte[] { 1 }, TraceParent = "t", SubmittedAt = At, MaxAttempts = 4, Timeout = TimeSpan.FromSeconds(9), Version = 8,
        State = JobState.Running, DueAt = At, Attempt = 2, LeaseToken = 6, Silo = "s", SiloLosses = 1, CancelRequested = true, StartedAt = At,
        WaitedFor = WaitReason.TenantCap,
        FinishedAt = At.AddSeconds(1), LastBackoff = TimeSpan.FromSeconds(4), Progress = Progress, Checkpoint = new byte[] { 2 },
        Result = new byte[] { 3 }, LastError = Error, Attempts = [Attempt],
    };

    private static JobSnapshot Snapshot() => Record().ToSnapshot(At);

    private static JobClassHistory History() => new()
    {
        JobClass = "email",
        Period = TimeSpan.FromSeconds(5),
        OldestWait = TimeSpan.FromSeconds(3),
        Points =
        [
            new() { At = At, Arrived = 1, Started = 2, Ended = 3, Finished = 4, Failed = 5, Waiting = 6.5, Running = 7.5, Permits = 8.5, MeanWait = TimeSpan.FromSeconds(9), MeanRun = TimeSpan.FromSeconds(10) },
        ],
        Wait = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5)),
        Run = new(2, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10)),
        Waits = [new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 3)],
        Runs = [new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5), 6)],
        Verdict = new(VerdictKind.RateLimited, "because") { Evidence = ["a", "b"], DrainTime = TimeSpan.FromMinutes(1), GainOfOneMorePermit = 0.5 },
    };
}
