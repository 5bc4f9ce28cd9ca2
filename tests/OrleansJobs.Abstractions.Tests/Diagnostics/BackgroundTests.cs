using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Abstractions.Tests.Client;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Abstractions.Tests.Diagnostics;

public sealed class BackgroundTests
{
    [Fact]
    public void Timer_SurvivesWhatItCalls()
    {
        var time = new CallingTime();
        using var timer = time.CreateOwnedTimer("The test", () => throw new InvalidOperationException(), NullLogger.Instance);
        time.Call();
    }

    [Fact]
    public async Task Loop_ThatFails_BeginsAgainUntilItEnds()
    {
        var runs = 0;
        await Background.KeepAsync(
            "The test", () => ++runs < 3 ? throw new InvalidOperationException() : Task.CompletedTask, NullLogger.Instance, new InstantTime(), default);
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Loop_ThatFailsBecauseItIsStopped_Ends()
    {
        using var stopping = new CancellationTokenSource();
        await Background.KeepAsync(
            "The test",
            async () =>
            {
                await stopping.CancelAsync();
                stopping.Token.ThrowIfCancellationRequested();
            },
            NullLogger.Instance, TimeProvider.System, stopping.Token);
    }

    /// <summary>Keeps the timer's call for the test to make.</summary>
    private sealed class CallingTime : TimeProvider
    {
        public Action Call { get; private set; } = () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Call = () => callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
