using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Dispatch;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Engine.Tests.Jobs;

/// <summary>A write that was committed and answered with an error is told to the dispatcher, though nobody asks again.</summary>
public sealed class UnclearWritesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private readonly JobRecord _ended = new() { Id = JobId.New(), JobClass = "c", State = JobState.DeadLettered, MaxAttempts = 3, DueAt = Now };
    private readonly TaskCompletionSource<DispatcherNotice> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ScriptedRow _row;
    private readonly EngineBench _bench;
    private readonly JobDesk _desk;
    private Exception _fault = new GridUnavailableException("not yet");
    private int _failingReads = 2;

    public UnclearWritesTests()
    {
        _row = new ScriptedRow(_ended);
        _bench = new EngineBench((_, _) => _failingReads-- > 0
            ? Task.FromException<JobRecord?>(_fault)
            : Task.FromResult(_row.Stored)) { OnNotice = notice => _told.TrySetResult(notice) };
        var notifier = new DispatcherNotifier(_bench, _bench.Time, NullLogger<ClassNotices>.Instance);
        var unclear = new UnclearWrites(_bench.Store, notifier, _bench.Stopping, _bench.Time, NullLogger<UnclearWrites>.Instance);
        _desk = new JobDesk(null!, notifier, unclear, _bench, new ExplainedLosses(), _bench.Time);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Look_ThatFails_WhateverItThrows_IsNotTheLast()
    {
        _fault = new InvalidOperationException("a fault of the store that nobody thought of");
        await Retry_ThatWasStoredAndAnsweredWithAnError_IsToldOnceTheStoreAnswers();
    }

    [Fact]
    public async Task Retry_ThatWasStoredAndAnsweredWithAnError_IsToldOnceTheStoreAnswers()
    {
        var cell = new JobCell(_row, NullLogger.Instance);
        _row.AfterWrite = () => throw new GridUnavailableException("unclear");

        await Assert.ThrowsAsync<GridUnavailableException>(() => _desk.CommandAsync(cell, _ended.Id, new RetryNow(), "retried"));

        Assert.Equal(JobState.Queued, _row.Stored!.State);
        Assert.Equal(_ended.Id, Assert.Single((await NoticeAsync()).Waiting).Id);
    }

    private async Task<DispatcherNotice> NoticeAsync()
    {
        using var patience = new CancellationTokenSource(EngineBench.Patience);
        while (!_told.Task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            _bench.Time.Advance(UnclearWrites.FirstPause);
            await Task.Yield();
        }

        return await _told.Task;
    }
}
