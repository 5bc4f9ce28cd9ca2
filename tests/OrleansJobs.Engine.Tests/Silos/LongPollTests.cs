using OrleansJobs.Engine.Silos;
using OrleansJobs.Testing;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Engine.Tests.Silos;

public sealed class LongPollTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly WatchedTimeProvider _time = new();
    private readonly SiloStopping _stopping = new();
    private readonly ScriptedTurns _turns = new();
    private readonly LongPoll _polls;

    public LongPollTests() => _polls = new LongPoll(_stopping, _turns, new GridPace(_time));

    public void Dispose()
    {
        _stopping.Dispose();
        _turns.Dispose();
    }

    [Fact]
    public async Task Poll_WhenTheSignalComes_SaysSo()
    {
        var signal = new TaskCompletionSource();
        var poll = _polls.WaitAsync(signal.Task, Long);

        signal.SetResult();

        Assert.True(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_WhenTheTimeIsUp_EndsWithoutTheSignal()
    {
        var poll = _polls.WaitAsync(Never(), Long);

        _time.Advance(Long - TimeSpan.FromTicks(1));
        Assert.False(poll.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_AtATurnOfTheCluster_Ends()
    {
        var poll = _polls.EndsAsync(Never(), Long);

        _turns.Turn();

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_IsAsShortAsTheClusterWantsIt()
    {
        _turns.Longest = TimeSpan.FromMilliseconds(250);
        var poll = _polls.EndsAsync(Never(), Long);

        _time.Advance(_turns.Longest);

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_WhenTheSiloStops_SendsTheCallerElsewhere()
    {
        var poll = _polls.WaitAsync(Never(), Long);

        _stopping.Raise();

        await Assert.ThrowsAsync<GridUnavailableException>(() => poll.WaitAsync(Patience));
    }

    private static Task Never() => new TaskCompletionSource().Task;

    private sealed class ScriptedTurns : IClusterTurns, IDisposable
    {
        private readonly CancellationTokenSource _turn = new();

        public TimeSpan Longest { get; set; } = TimeSpan.MaxValue;

        public CancellationToken Next => _turn.Token;

        public TimeSpan Bound(TimeSpan wanted) => wanted < Longest ? wanted : Longest;

        public void Turn() => _turn.Cancel();

        public void Dispose() => _turn.Dispose();
    }
}
