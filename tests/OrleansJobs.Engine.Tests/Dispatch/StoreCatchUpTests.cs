using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Engine.Tests.Dispatch;

/// <summary>When a dispatcher reads the store again, and when it lets it alone.</summary>
public sealed class StoreCatchUpTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly EngineBench _bench = new((_, _) => throw new NotSupportedException());
    private readonly StoreCatchUp _catchUp;
    private bool _allKnown = true;
    private Exception? _fault;
    private int _looks;
    private int _catchUps;

    public StoreCatchUpTests()
    {
        _catchUp = new StoreCatchUp(CatchUpAsync, LookAsync, _bench.Services, "c", _stopping.Token);
        _ = _catchUp.RunNowAndThenAsync();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task QuietClass_WithJobsThatAreNotKnown_GoesOnReading()
    {
        _allKnown = false;
        await PassUntilAsync(Period, () => _looks >= 3 && _catchUps >= 3);
    }

    [Fact]
    public async Task QuietClass_WhereAllIsKnown_AsksNothingUntilJobsComeAgain()
    {
        await PassUntilAsync(Period, () => _looks == 1);
        var catchUps = _catchUps;

        for (var period = 0; period < 20; period++)
        {
            await _bench.Time.WhenTimerDueWithinAsync(Period);
            _bench.Time.Advance(Period);
        }

        await _bench.Time.WhenTimerDueWithinAsync(Period);
        Assert.Equal((1, catchUps), (_looks, _catchUps));
        _catchUp.SawTraffic();
        await PassUntilAsync(Period, () => _catchUps > catchUps && _looks == 2);
    }

    [Fact]
    public async Task LookThatFails_WhateverItThrows_IsNotTheLast()
    {
        _fault = new InvalidOperationException("a fault of the store that nobody thought of");
        await PassUntilAsync(Period, () => _looks == 1);
        _fault = null;
        await PassUntilAsync(Period, () => _looks > 1);
    }

    [Fact]
    public async Task LostSilo_IsFollowedByASecondLook()
    {
        _catchUp.WantTwice(TimeSpan.FromSeconds(30));
        await PassUntilAsync(Pause, () => _catchUps >= 2);
        Assert.Equal(0, _looks);
    }

    private async Task PassUntilAsync(TimeSpan step, Func<bool> isOver)
    {
        using var patience = new CancellationTokenSource(EngineBench.Patience);
        while (!isOver())
        {
            patience.Token.ThrowIfCancellationRequested();
            _bench.Time.Advance(step);
            await Task.Yield();
        }
    }

    private Task CatchUpAsync()
    {
        _catchUps++;
        return Task.CompletedTask;
    }

    private Task<bool> LookAsync()
    {
        _looks++;
        return _fault is null ? Task.FromResult(_allKnown) : Task.FromException<bool>(_fault);
    }
}
