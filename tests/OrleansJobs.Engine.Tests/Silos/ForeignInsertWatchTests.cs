using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Engine.Silos;

namespace OrleansJobs.Engine.Tests.Silos;

public sealed class ForeignInsertWatchTests : IDisposable
{
    private readonly TestKit.Counter _watches = new();
    private readonly EngineBench _bench;

    public ForeignInsertWatchTests() => _bench = new EngineBench((_, _) =>
    {
        _watches.Increment();
        throw new InvalidOperationException("no right to listen");
    });

    public void Dispose() => _bench.Dispose();

    /// <summary>A background service that ends with a fault ends its host.</summary>
    [Fact]
    public async Task WatchThatFails_WhateverItThrows_BeginsAgain()
    {
        using var watch = new ForeignInsertWatch(
            _bench.Store, _bench.Services.Classes, _bench, _bench.Time, NullLogger<ForeignInsertWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        for (var watches = 1; watches < 4; watches++)
        {
            await _watches.WhenAsync(watches);
            await _bench.Time.WhenTimersAsync(1);
            _bench.Time.AdvanceToNextTimer();
        }

        Assert.False(watch.ExecuteTask!.IsFaulted);
        await watch.StopAsync(CancellationToken.None);
        Assert.True(watch.ExecuteTask.IsCompletedSuccessfully);
    }
}
