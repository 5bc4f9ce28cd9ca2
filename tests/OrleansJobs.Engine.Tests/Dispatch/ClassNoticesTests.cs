using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Dispatch;
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
