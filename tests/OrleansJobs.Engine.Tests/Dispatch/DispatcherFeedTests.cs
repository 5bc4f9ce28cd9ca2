using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Engine.Tests.Dispatch;

/// <summary>A job that runs and that the dispatcher does not know: what a second look at it finds.</summary>
public sealed class DispatcherFeedTests : IDisposable
{
    private static readonly JobRecord Running = new()
    {
        Id = JobId.New(), JobClass = "c", State = JobState.Running, LeaseToken = 1, MaxAttempts = 3, Silo = "stranger", Version = 2,
    };

    private readonly EngineBench _bench;
    private readonly Dispatcher _core;
    private readonly DispatcherFeed _feed;
    private JobRecord _running = Running;
    private JobRecord _later = Running;
    private IReadOnlyList<WaitingJob> _neverDue = [];

    public DispatcherFeedTests()
    {
        _bench = new EngineBench((member, _) => member switch
        {
            "ReadRunningAsync" => Task.FromResult<IReadOnlyList<JobRecord>>([_running]),
            "ReadTenantsAsync" => Task.FromResult<IReadOnlyList<string>>([]),
            "ReadDueAsync" => Task.FromResult(_neverDue),
            "FindAsync" => Task.FromResult<JobRecord?>(_later),
            _ => null,
        });
        _core = new Dispatcher("c", 1, new JobClassSettings(), new DispatcherOptions(), _bench.Time.GetUtcNow(), []);
        _feed = new DispatcherFeed(_core, null!, _bench.Services, new SteadyClock(_bench.Time), "c");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task StillRunning_IsLeasedFromNowOn()
    {
        Assert.True(await ReconcileAsync());
        Assert.True(_core.IsLeased(Running.Id));
    }

    [Fact]
    public async Task RunningAnotherAttempt_NeedsAnotherLook()
    {
        _later = Running with { LeaseToken = 2 };
        Assert.False(await ReconcileAsync());
        Assert.False(_core.IsLeased(Running.Id));
    }

    [Fact]
    public async Task WaitingAgain_IsAdded()
    {
        _later = Running with { State = JobState.Retrying, DueAt = _bench.Time.GetUtcNow() + TimeSpan.FromHours(1) };
        Assert.True(await ReconcileAsync());
        Assert.Equal((0, 1), (_core.Running, _core.WaitingInMemory));
    }

    /// <summary>Another program has put it in; its start finds that it cannot be run.</summary>
    [Fact]
    public async Task NeverDue_IsOfferedAtOnce()
    {
        _neverDue = [new WaitingJob(JobId.New(), "", 5, 1, StoredTime.Latest, JobState.Scheduled)];
        await ReconcileAsync();
        Assert.Equal(1, _core.WaitingInMemory);
    }

    [Fact]
    public async Task CancelOfAJobThatIsLeased_IsToldToItsSilo()
    {
        await ReconcileAsync();
        _running = Running with { CancelRequested = true };
        await ReconcileAsync();

        var held = new HeldLease(new JobLease(new LeaseId(0, 1), "c", Running.ToWaiting(), default), Running.LeaseToken);
        _core.Exchange(new ExchangeRequest { Silo = "stranger", KnownEpoch = 1, Held = [held] }, _bench.Time.GetUtcNow());
        Assert.Equal([new StopOrder(held.Lease.Id, Running.LeaseToken)], _core.Dispatch(_bench.Time.GetUtcNow()).Single().Stops);
    }

    private Task<bool> ReconcileAsync()
    {
        var look = _feed.ReconcileAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        return look.WaitAsync(EngineBench.Patience);
    }
}
