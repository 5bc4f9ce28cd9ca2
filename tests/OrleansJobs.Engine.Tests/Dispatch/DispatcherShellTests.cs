using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Tests.Dispatch;

/// <summary>A dispatcher's life over a store in which one job waits.</summary>
public sealed class DispatcherShellTests : IDispatcherHost, IDisposable
{
    private readonly EngineBench _bench;
    private DispatcherShell _shell;
    private readonly WaitingJob _job;
    private readonly Dictionary<string, ClassSettingsRow> _rows = [];
    private JobClassSettings _settings = new();
    private string[] _holders = [];
    private int _retired;
    private long _known;
    private int _expired;
    private int _failingWrites;

    public DispatcherShellTests()
    {
        _bench = new EngineBench(Answer);
        _job = new WaitingJob(JobId.New(), "", 5, 1, _bench.Time.GetUtcNow(), JobState.Queued);
        _shell = new DispatcherShell(EngineBench.JobClass, this, _bench.Services);
    }

    IReadOnlyCollection<string> IDispatcherHost.LeaseHolders => _holders;

    public void Dispose()
    {
        _shell.End();
        _shell.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task Exchange_OfALiveSilo_GetsTheJob()
    {
        await _shell.BeginAsync();
        Assert.Single((await ExchangeAsync("live")).Leases);
    }

    [Fact]
    public async Task Exchange_OfASiloThatDiedBeforeThisLife_GetsNothing()
    {
        _bench.Dead.Add("dead");
        await _shell.BeginAsync();

        Assert.Empty((await ExchangeAsync("dead")).Leases);
        Assert.Single((await ExchangeAsync("live")).Leases);
    }

    [Fact]
    public async Task Exchange_OfASiloThatDoesNotKnowThisLife_IsAskedAgainWhatItHolds()
    {
        await _shell.BeginAsync();

        var reply = await ReportAsync("live", knownEpoch: 0);

        Assert.True(reply.HeldWanted);
        Assert.Empty(reply.Leases);
        Assert.Single((await ReportAsync("live", reply.Epoch)).Leases);
    }

    [Fact]
    public async Task StopWaiting_AnswersWhoeverWaits_AndLetsNobodyWaitAnyMore()
    {
        await _shell.BeginAsync();
        await ExchangeAsync("live");
        var poll = new ExchangeRequest { Silo = "live", KnownEpoch = _known };
        var parked = _shell.ExchangeAsync(poll, wait: true);
        Assert.False(parked.IsCompleted);

        _shell.StopWaiting();

        Assert.Empty((await parked.WaitAsync(EngineBench.Patience)).Leases);
        Assert.Empty((await _shell.ExchangeAsync(poll, wait: true).WaitAsync(EngineBench.Patience)).Leases);
    }

    [Fact]
    public async Task Epoch_RisesWhateverTheClockSays()
    {
        await _shell.BeginAsync();
        var first = (await ExchangeAsync("live")).Epoch;
        _bench.Time.StepWallClock(TimeSpan.FromDays(-1));
        await AnotherLifeAsync();

        Assert.True((await ExchangeAsync("live")).Epoch > first);
    }

    [Fact]
    public async Task Exchange_OfASiloThatKnowsALaterLife_IsRefusedAndEndsThisOne()
    {
        await _shell.BeginAsync();
        await Assert.ThrowsAsync<GridUnavailableException>(() => ExchangeAsync("live", knownEpoch: long.MaxValue));
        Assert.Equal(1, _retired);
    }

    [Fact]
    public async Task SlowRate_OutlivesTheDispatcher()
    {
        _settings = OneADay;
        await _shell.BeginAsync();
        _bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.Empty((await ExchangeAsync("live")).Leases);
        await AnotherLifeAsync();
        _bench.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(1, await GrantedAsync());
        await AnotherLifeAsync();
        Assert.Equal(0, await GrantedAsync());
    }

    [Fact]
    public async Task SlowRate_ThatCannotBeStored_GrantsOnceItCan()
    {
        _settings = OneADay;
        await _shell.BeginAsync();
        _bench.Time.Advance(TimeSpan.FromDays(1));
        _failingWrites = 1;
        Assert.Equal(0, await GrantedAsync());
        _bench.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await GrantedAsync());
    }

    [Fact]
    public async Task SlowRate_WhenALaterLifeHasBegun_GrantsNothing()
    {
        _settings = OneADay;
        await _shell.BeginAsync();
        await DispatcherLives.BeginAsync(_bench.Store, EngineBench.JobClass, _bench.Time.GetUtcNow());
        _bench.Time.Advance(TimeSpan.FromDays(1));

        await Assert.ThrowsAsync<GridUnavailableException>(GrantedAsync);
        Assert.True(_retired > 0);
    }

    [Fact]
    public async Task ClockSetForward_TakesNoLease()
    {
        await _shell.BeginAsync();
        Assert.Single((await ExchangeAsync("live")).Leases);
        _bench.Time.StepWallClock(TimeSpan.FromHours(1));

        _shell.Wake();

        Assert.Equal(0, _expired);
        _bench.Time.Advance(_bench.Services.Options.LeaseTimeout);
        _shell.Wake();
        Assert.Equal(1, _expired);
    }

    [Fact]
    public async Task SiloThatIsNotHeardInTime_IsNamedOnce_AndTheClassGoesOn()
    {
        _holders = ["frozen", "live"];
        await _shell.BeginAsync();
        Assert.Empty((await ExchangeAsync("live")).Leases);
        Assert.Empty(_bench.Log);

        _bench.Time.Advance(_bench.Services.Options.RecoveryTimeout);
        _shell.Wake();
        _shell.Wake();

        Assert.Contains("frozen", Assert.Single(_bench.Log));
        Assert.Single((await ExchangeAsync("live")).Leases);
    }

    [Fact]
    public async Task ClockSetBack_DelaysNothing()
    {
        await _shell.BeginAsync();
        Assert.Single((await ExchangeAsync("live")).Leases);
        var job = _job with { Id = JobId.New(), DueAt = _bench.Time.GetUtcNow().AddSeconds(5) };
        _shell.Notify(new DispatcherNotice { Waiting = [job] });
        _bench.Time.StepWallClock(TimeSpan.FromHours(-1));
        _shell.Wake();

        _bench.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(job.Id, Assert.Single((await ExchangeAsync("other")).Leases).Job.Id);
    }

    Task<JobClassSettings> IDispatcherHost.GetSettingsAsync() => Task.FromResult(_settings);

    Task<ExpireReply> IDispatcherHost.ExpireAsync(ExpiringLease lease)
    {
        _expired++;
        return Task.FromResult(new ExpireReply(null, Finished: true));
    }

    void IDispatcherHost.Retire() => _retired++;

    void IDispatcherHost.WakeAfter(TimeSpan delay)
    {
    }

    private static JobClassSettings OneADay => new() { Rate = Rate.Per(TimeSpan.FromDays(1), 1) };

    private Task AnotherLifeAsync()
    {
        _shell.End();
        _shell.Dispose();
        _shell = new DispatcherShell(EngineBench.JobClass, this, _bench.Services);
        return _shell.BeginAsync();
    }

    /// <summary>What a silo that asks twice is given: what has to be stored first is there the second time.</summary>
    private async Task<int> GrantedAsync() => (await ExchangeAsync("live")).Leases.Count + (await ExchangeAsync("live")).Leases.Count;

    /// <summary>A silo that does not know this life yet says once more what it holds.</summary>
    private async Task<ExchangeReply> ExchangeAsync(string silo, long? knownEpoch = null)
    {
        var reply = await ReportAsync(silo, knownEpoch ?? _known);
        _known = Math.Max(_known, reply.Epoch);
        return reply.HeldWanted ? await ReportAsync(silo, _known) : reply;
    }

    private Task<ExchangeReply> ReportAsync(string silo, long knownEpoch) => _shell.ExchangeAsync(
        new ExchangeRequest { Silo = silo, KnownEpoch = knownEpoch, Permits = 1, Held = [] }, wait: false).WaitAsync(EngineBench.Patience);

    private Task<bool> WriteAsync(string key, ClassSettingsRow next)
    {
        if (_failingWrites > 0)
        {
            _failingWrites--;
            return Task.FromException<bool>(new GridUnavailableException("The store is away."));
        }

        var follows = (_rows.GetValueOrDefault(key)?.Revision ?? 0) == next.Revision - 1;
        if (follows)
        {
            _rows[key] = next;
        }

        return Task.FromResult(follows);
    }

    private object? Answer(string member, object?[] arguments) => member switch
    {
        "ReadRunningAsync" => Task.FromResult<IReadOnlyList<JobRecord>>([]),
        "ReadTenantsAsync" => Task.FromResult<IReadOnlyList<string>>([""]),
        "ReadWaitingAsync" => Task.FromResult<IReadOnlyList<WaitingJob>>([_job]),
        "ReadDueAsync" => Task.FromResult<IReadOnlyList<WaitingJob>>([]),
        "ReadClassSettingsAsync" => Task.FromResult(_rows.GetValueOrDefault((string)arguments[0]!)),
        "WriteClassSettingsAsync" => WriteAsync((string)arguments[0]!, (ClassSettingsRow)arguments[1]!),
        "PruneAsync" => Task.FromResult(0),
        "CountAsync" => Task.FromResult<IReadOnlyDictionary<string, JobCounts>>(new Dictionary<string, JobCounts>()),
        _ => null,
    };
}
