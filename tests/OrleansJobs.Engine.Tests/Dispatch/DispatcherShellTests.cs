using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Engine.Tests.Dispatch;

/// <summary>A dispatcher's life over a store in which one job waits.</summary>
public sealed class DispatcherShellTests : IDispatcherHost, IDisposable
{
    private readonly EngineBench _bench;
    private readonly DispatcherShell _shell;
    private readonly WaitingJob _job;

    public DispatcherShellTests()
    {
        _bench = new EngineBench(Answer);
        _job = new WaitingJob(JobId.New(), "", 5, 1, _bench.Time.GetUtcNow(), JobState.Queued);
        _shell = new DispatcherShell(EngineBench.JobClass, this, _bench.Services);
    }

    IReadOnlyCollection<string> IDispatcherHost.LeaseHolders => [];

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

    Task<JobClassSettings> IDispatcherHost.GetSettingsAsync() => Task.FromResult(new JobClassSettings());

    Task<ExpireReply> IDispatcherHost.ExpireAsync(ExpiringLease lease) => throw new NotSupportedException();

    void IDispatcherHost.WakeAfter(TimeSpan delay)
    {
    }

    private Task<ExchangeReply> ExchangeAsync(string silo) => _shell.ExchangeAsync(
        new ExchangeRequest { Silo = silo, Permits = 1, Held = [] }, wait: false).WaitAsync(EngineBench.Patience);

    private object? Answer(string member, object?[] arguments) => member switch
    {
        "ReadRunningAsync" => Task.FromResult<IReadOnlyList<JobRecord>>([]),
        "ReadTenantsAsync" => Task.FromResult<IReadOnlyList<string>>([""]),
        "ReadWaitingAsync" => Task.FromResult<IReadOnlyList<WaitingJob>>([_job]),
        "ReadDueAsync" => Task.FromResult<IReadOnlyList<WaitingJob>>([]),
        "PruneAsync" => Task.FromResult(0),
        "CountAsync" => Task.FromResult<IReadOnlyDictionary<string, JobCounts>>(new Dictionary<string, JobCounts>()),
        _ => null,
    };
}
