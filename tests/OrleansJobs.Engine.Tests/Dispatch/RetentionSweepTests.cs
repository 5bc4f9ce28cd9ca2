using OrleansJobs.Engine.Dispatch;

namespace OrleansJobs.Engine.Tests.Dispatch;

public sealed class RetentionSweepTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TestKit.Counter _sweeps = new();
    private readonly EngineBench _bench;

    public RetentionSweepTests() => _bench = new EngineBench((_, _) =>
    {
        _sweeps.Increment();
        throw new InvalidOperationException("a fault of the store that nobody thought of");
    });

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task SweepThatFails_WhateverItThrows_IsNotTheLast()
    {
        _ = new RetentionSweep(_bench.Services, "c").RunAsync(_stopping.Token);
        for (var sweeps = 1; sweeps < 4; sweeps++)
        {
            await _sweeps.WhenAsync(sweeps);
            await _bench.Time.WhenTimersAsync(1);
            _bench.Time.AdvanceToNextTimer();
        }
    }
}
