using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.TestKit.Foreign;

namespace OrleansJobs.Engine.Tests.Dispatch;

public sealed class ClassNoticesTests : IDisposable
{
    private readonly List<DispatcherNotice> _taken = [];
    private readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EngineBench _bench = new((_, _) => throw new NotSupportedException());
    private int _failures;

    public ClassNoticesTests() => _bench.OnNotice = Take;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Notice_ThatHadToBeRepeated_SaysThatTheStoreHasToBeRead(int failures, bool incomplete)
    {
        _failures = failures;
        var notices = new ClassNotices(_bench, "c", _bench.Time, NullLogger.Instance);
        notices.Withdrawn(JobId.New(), finished: true);

        await CameAsync();

        Assert.Equal((1, incomplete), (_taken[0].Withdrawn.Count, _taken[0].Incomplete));
    }

    [Fact]
    public async Task Notice_ThatHadToBeRepeated_IsRepeatedThoughTheLogThrows()
    {
        _failures = 1;
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(new HostileLog(LogFault.Line)));
        new ClassNotices(_bench, "c", _bench.Time, loggers.CreateLogger("notices")).Withdrawn(JobId.New(), finished: true);

        await CameAsync();

        Assert.Single(_taken[0].Withdrawn);
    }

    [Fact]
    public async Task DispatcherThatEnds_HandsOver_ByANoticeThatIsIncomplete()
    {
        new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance).Incomplete("c");

        await CameAsync();

        Assert.True(_taken[0].Incomplete);
    }

    [Fact]
    public async Task NewLimits_ComeAfterTheJobsThatWereStoredBeforeThem()
    {
        var taken = new TaskCompletionSource();
        var order = new List<string>();
        _bench.NoticeTaken = taken.Task;
        _bench.OnNotice = notice => order.AddRange(notice.Waiting.Select(job => job.Tenant));
        _bench.OnSettings = _ => order.Add("limits");
        var notifier = new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance);
        notifier.Arrived(Job("one"));
        notifier.Arrived(Job("two"));

        var applied = notifier.ApplyAsync(EngineBench.JobClass, new JobClassSettings());
        taken.SetResult();
        await applied.WaitAsync(EngineBench.Patience);

        Assert.Equal(["one", "two", "limits"], order);
    }

    [Fact]
    public async Task NewLimits_DoNotWaitLong_ForADispatcherThatTakesNoNotices()
    {
        var applied = new TaskCompletionSource();
        _bench.NoticeTaken = new TaskCompletionSource().Task;
        _bench.OnSettings = _ => applied.SetResult();
        var notifier = new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance);
        notifier.Arrived(Job("one"));

        var change = notifier.ApplyAsync(EngineBench.JobClass, new JobClassSettings());
        await _bench.Time.WhenTimersAsync(1);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await change.WaitAsync(EngineBench.Patience);

        Assert.True(applied.Task.IsCompleted);
    }

    private static JobRecord Job(string tenant) => new() { Id = JobId.New(), JobClass = EngineBench.JobClass, Tenant = tenant };

    /// <summary>No host has the class, so nobody will ever take the notice.</summary>
    [Fact]
    public async Task Notice_OfAClassThatNobodyHas_IsDropped_AndTheNextOneIsTold()
    {
        var told = new TestKit.Counter();
        _bench.OnNotice = notice =>
        {
            told.Increment();
            if (notice.Stops.Count > 0)
            {
                throw new UnknownJobClassException("c");
            }

            Take(notice);
        };
        var notices = new ClassNotices(_bench, "c", _bench.Time, NullLogger.Instance);
        notices.Stop(new RequestedStop(JobId.New(), 1));
        await told.WhenAsync(1);

        notices.Withdrawn(JobId.New(), finished: true);
        await CameAsync();

        Assert.Equal((1, 0, false), (_taken[0].Withdrawn.Count, _taken[0].Stops.Count, _taken[0].Incomplete));
    }

    private void Take(DispatcherNotice notice)
    {
        if (_failures-- > 0)
        {
            throw new GridUnavailableException("moving");
        }

        _taken.Add(notice);
        _came.TrySetResult();
    }

    private async Task CameAsync()
    {
        using var patience = new CancellationTokenSource(EngineBench.Patience);
        while (!_came.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _bench.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }
}
