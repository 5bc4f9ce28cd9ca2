using OrleansJobs.Core.Lifecycle.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Classes;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Workers;

namespace OrleansJobs.Engine.Tests.Classes;

/// <summary>Jobs of a class that the host does not have, one on a silo that is dead and one on a silo that lives.</summary>
public sealed class UnknownClassWatchTests : IJobAuthority, IDisposable
{
    private const string Gone = "gone";

    private readonly JobRecord _ofTheDead = Running("dead");
    private readonly JobRecord _ofTheLiving = Running("alive");
    private readonly List<(string JobClass, DateTimeOffset Before)> _pruned = [];
    private readonly List<JobId> _taken = [];
    private readonly TestKit.Counter _looks = new();
    private readonly EngineBench _bench;
    private JobCounts _counts = new() { Running = 2, Succeeded = 1 };

    public UnknownClassWatchTests()
    {
        _bench = new EngineBench((member, arguments) => member switch
        {
            "CountAsync" => Task.FromResult<IReadOnlyDictionary<string, JobCounts>>(Counts()),
            "ReadRunningAsync" => Task.FromResult<IReadOnlyList<JobRecord>>([_ofTheDead, _ofTheLiving]),
            "PruneAsync" => Task.FromResult(Prune((string)arguments[0]!, (DateTimeOffset)arguments[1]!)),
            _ => null,
        });
        _bench.Dead.Add("dead");
    }

    public void Dispose() => _bench.Dispose();

    Task<ExpireReply> IJobAuthority.ExpireAsync(JobId id, Expire expire)
    {
        _taken.Add(id);
        return Task.FromResult(new ExpireReply(null, Finished: false));
    }

    [Fact]
    public async Task JobOfADeadSilo_IsTaken_ThatOfALivingOneIsNot_UntilItIsDeadToo()
    {
        using var watch = Watch(new WorkerOptions());
        await watch.StartAsync(CancellationToken.None);
        await _looks.WhenAsync(1);
        await _bench.Time.WhenTimersAsync(1);
        Assert.Equal([_ofTheDead.Id], _taken);

        _bench.Dead.Add("alive");
        _bench.Time.AdvanceToNextTimer();
        await _looks.WhenAsync(2);
        await _bench.Time.WhenTimersAsync(1);

        Assert.Contains(_ofTheLiving.Id, _taken);
        Assert.Empty(_pruned);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task EndedJobs_AreDeleted_OnceTheHostIsToldHowLongTheyAreKept()
    {
        _counts = new() { Succeeded = 1 };
        using var watch = Watch(new WorkerOptions { UnknownClassRetention = TimeSpan.FromDays(2) });
        await watch.StartAsync(CancellationToken.None);
        await _looks.WhenAsync(1);
        await _bench.Time.WhenTimersAsync(1);

        Assert.Equal([(Gone, _bench.Time.GetUtcNow() - TimeSpan.FromDays(2))], _pruned);
        Assert.Empty(_taken);
        await watch.StopAsync(CancellationToken.None);
    }

    private static JobRecord Running(string silo) => new()
    {
        Id = JobId.New(), JobClass = Gone, State = JobState.Running, Silo = silo, LeaseToken = 1, Attempt = 1, MaxAttempts = 3,
    };

    private UnknownClassWatch Watch(WorkerOptions workers) => new(
        _bench.Store, _bench.Services.Classes, _bench, _bench, this, new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance),
        new DispatcherOptions(), workers, _bench.Time, NullLogger<UnknownClassWatch>.Instance);

    private Dictionary<string, JobCounts> Counts()
    {
        _looks.Increment();
        return new Dictionary<string, JobCounts> { [Gone] = _counts, [EngineBench.JobClass] = new() { Running = 1 } };
    }

    private int Prune(string jobClass, DateTimeOffset before)
    {
        _pruned.Add((jobClass, before));
        return 1;
    }
}
