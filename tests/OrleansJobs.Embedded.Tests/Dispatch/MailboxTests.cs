using OrleansJobs.Embedded.Dispatch;

namespace OrleansJobs.Embedded.Tests.Dispatch;

public sealed class MailboxTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Mailbox _mailbox = new();

    [Fact]
    public async Task Turns_NeverOverlap_NorDoesWhatFollowsTheirAwaits()
    {
        var inside = 0;
        var most = 0;
        var count = 0;
        async Task CallAsync()
        {
            for (var turn = 0; turn < 20; turn++)
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                count++;
                Interlocked.Decrement(ref inside);
                await Task.Yield();
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => _mailbox.CallAsync(CallAsync))).WaitAsync(Patience);

        // The count is kept without a lock.
        Assert.Equal((1, 500 * 20), (most, count));
    }

    [Fact]
    public async Task Turns_ComeInTheOrderInWhichTheyWerePosted()
    {
        var seen = new List<int>();

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => _mailbox.PostAsync(() => seen.Add(number)))).WaitAsync(Patience);

        Assert.Equal(Enumerable.Range(0, 1_000), seen);
    }

    [Fact]
    public async Task Call_GoesOnInTheMailbox_WhateverItWaitedFor()
    {
        var signal = new TaskCompletionSource();
        var call = _mailbox.CallAsync(async () =>
        {
            await signal.Task;
            return TaskScheduler.Current;
        });

        signal.SetResult();

        Assert.Same(_mailbox, await call.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fault_OfATurn_IsItsCallersAlone()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _mailbox.PostAsync(() => throw new InvalidOperationException()));

        Assert.Equal(7, await _mailbox.AskAsync(() => 7).WaitAsync(Patience));
    }
}
