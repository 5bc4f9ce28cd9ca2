using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Testing;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>Long polls end when Orleans may want to move or end the activation that they keep busy.</summary>
public sealed class ClusterTurnsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Unrest = TimeSpan.FromSeconds(3);

    private readonly WatchedTimeProvider _time = new();
    private readonly ScriptedMembership _membership = new();
    private readonly ClusterTurns _turns;

    public ClusterTurnsTests() => _turns = new ClusterTurns(_membership, _time, NullLogger<ClusterTurns>.Instance);

    public async Task InitializeAsync()
    {
        _membership.Set(1, SiloStatus.Active);
        _membership.Set(2, SiloStatus.Joining);
        await _turns.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _turns.StopAsync(CancellationToken.None);
        _turns.Dispose();
    }

    [Theory]
    [InlineData(2, SiloStatus.Active)]
    [InlineData(1, SiloStatus.ShuttingDown)]
    [InlineData(1, SiloStatus.Dead)]
    public async Task ASiloThatJoinsOrLeaves_IsATurn(int silo, SiloStatus status)
    {
        _time.Advance(Unrest);
        var turn = _turns.Next;

        _membership.Set(silo, status);

        await Fired(turn).WaitAsync(Patience);
        Assert.False(_turns.Next.IsCancellationRequested);
    }

    [Fact]
    public void Polls_OfASiloThatHasJustStarted_AreShort()
    {
        Assert.Equal(Short, _turns.Bound(Long));
        _time.Advance(Unrest);
        Assert.Equal(Long, _turns.Bound(Long));
    }

    [Fact]
    public async Task Polls_AfterATurn_AreShortForAWhile()
    {
        _time.Advance(Unrest);
        var turn = _turns.Next;
        _membership.Set(2, SiloStatus.Active);
        await Fired(turn).WaitAsync(Patience);

        _time.Advance(Unrest - TimeSpan.FromTicks(1));
        Assert.Equal(Short, _turns.Bound(Long));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(Long, _turns.Bound(Long));
    }

    [Fact]
    public void Polls_ThatAreShorterAnyway_StayAsTheyAre() =>
        Assert.Equal(TimeSpan.FromMilliseconds(10), _turns.Bound(TimeSpan.FromMilliseconds(10)));

    private static Task Fired(CancellationToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(fired.SetResult);
        return fired.Task;
    }
}
