using Orleans.Runtime;
using OrleansJobs.Engine.Silos;
using OrleansJobs.Grains.Silos;
using OrleansJobs.TestKit;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>Long polls end when Orleans may want to move or end the activation that they keep busy.</summary>
public sealed class ClusterTurnsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly ScriptedMembership _membership = new();
    private readonly SiloStopping _stopping = new();
    private readonly ClusterTurns _turns;
    private readonly LongPoll _polls;

    public ClusterTurnsTests()
    {
        _turns = new ClusterTurns(_membership, _time);
        _polls = new LongPoll(_stopping, _turns, _time);
    }

    public async Task InitializeAsync()
    {
        _membership.Set(1, SiloStatus.Active);
        _membership.Set(2, SiloStatus.Joining);
        await _turns.StartAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    public async Task DisposeAsync()
    {
        await _turns.StopAsync(CancellationToken.None);
        _turns.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData(2, SiloStatus.Active)]
    [InlineData(1, SiloStatus.ShuttingDown)]
    [InlineData(1, SiloStatus.Dead)]
    public async Task Poll_WhenASiloJoinsOrLeaves_Ends(int silo, SiloStatus status)
    {
        var poll = _polls.EndsAsync(Never(), Long);
        Assert.False(poll.IsCompleted);

        _membership.Set(silo, status);

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_JustAfterATurn_IsShort()
    {
        var turn = _turns.Next;
        _membership.Set(2, SiloStatus.Active);
        await Fired(turn).WaitAsync(Patience);
        var poll = _polls.EndsAsync(Never(), Long);

        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_AWhileAfterATurn_IsLongAgain()
    {
        var turn = _turns.Next;
        _membership.Set(2, SiloStatus.Active);
        await Fired(turn).WaitAsync(Patience);
        _time.Advance(TimeSpan.FromSeconds(3));
        var poll = _polls.EndsAsync(Never(), Long);

        _time.Advance(Long - TimeSpan.FromMilliseconds(1));
        Assert.False(poll.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await poll.WaitAsync(Patience));
    }

    [Fact]
    public async Task Poll_OfASiloThatHasJustStarted_IsShort()
    {
        using var fresh = new ClusterTurns(_membership, _time);
        await fresh.StartAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.FromMilliseconds(250), fresh.Bound(Long));
        await fresh.StopAsync(CancellationToken.None);
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
    public async Task Poll_WhenTheSiloStops_SendsTheCallerElsewhere()
    {
        var poll = _polls.WaitAsync(Never(), Long);

        _stopping.Raise();

        await Assert.ThrowsAsync<GridUnavailableException>(() => poll.WaitAsync(Patience));
    }

    private static Task Never() => new TaskCompletionSource().Task;

    private static Task Fired(CancellationToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(fired.SetResult);
        return fired.Task;
    }
}
