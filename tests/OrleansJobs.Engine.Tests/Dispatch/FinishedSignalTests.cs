using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Engine.Tests.Dispatch;

public sealed class FinishedSignalTests
{
    private const long Epoch = 639_000_000_000_000_000;

    private readonly FinishedSignal _signal = new(Epoch);

    [Fact]
    public void Change_WithTheCountOfNow_EndsWithTheNextRaise()
    {
        var first = _signal.ChangeAsync(_signal.Count);
        var second = _signal.ChangeAsync(_signal.Count);
        Assert.False(first.IsCompleted || second.IsCompleted);

        _signal.Raise();

        Assert.True(first.IsCompletedSuccessfully && second.IsCompletedSuccessfully);
        Assert.False(_signal.ChangeAsync(_signal.Count).IsCompleted);
    }

    [Fact]
    public void Raise_ThatNobodyWaitedFor_IsHeardByWhoeverHasSeenLess()
    {
        var seen = _signal.Count;
        _signal.Raise();
        Assert.True(_signal.ChangeAsync(seen).IsCompletedSuccessfully);
    }

    [Fact]
    public void Change_OfWhoeverHasSeenNothing_EndsAtOnce() => Assert.True(_signal.ChangeAsync(0).IsCompletedSuccessfully);

    [Fact]
    public void Change_WithTheCountOfAnEarlierLife_EndsAtOnce()
    {
        _signal.Raise();
        var later = new FinishedSignal(Epoch + TimeSpan.TicksPerSecond);
        later.Raise();

        Assert.True(later.ChangeAsync(_signal.Count).IsCompletedSuccessfully);
    }
}
