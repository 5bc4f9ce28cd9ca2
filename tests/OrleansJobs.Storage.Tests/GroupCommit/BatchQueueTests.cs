using OrleansJobs.Storage.GroupCommit;

namespace OrleansJobs.Storage.Tests.GroupCommit;

public sealed class BatchQueueTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Items_ThatComeWhileAGroupIsWritten_ShareTheNext(bool ownThread)
    {
        var processor = new Processor();
        await using var queue = Start(processor, ownThread, new GroupCommitLimits());
        var first = Submit(queue, 1);
        await processor.Entered.WaitAsync();

        var others = Enumerable.Range(2, 5).Select(number => Submit(queue, number)).ToList();
        processor.Leave.Release(2);
        await Task.WhenAll([first, .. others]);

        Assert.Equal(["1", "2 3 4 5 6"], processor.Groups);
    }

    [Fact]
    public async Task Group_IsBoundedByRowsAndBytes()
    {
        var processor = new Processor();
        await using var queue = Start(processor, false, new GroupCommitLimits { MaxBatchRows = 3, MaxBatchBytes = 100 });
        var first = Submit(queue, 0);
        await processor.Entered.WaitAsync();

        var others = new[] { (1, 0), (2, 0), (3, 0), (4, 60), (5, 60), (6, 500), (7, 1) }
            .Select(item => Submit(queue, item.Item1, item.Item2)).ToList();
        processor.Leave.Release(100);
        await Task.WhenAll([first, .. others]);

        Assert.Equal(["0", "1 2 3", "4", "5", "6", "7"], processor.Groups);
    }

    [Fact]
    public async Task Group_ThatFails_FailsItsItemsAndTheNextGoesOn()
    {
        var processor = new Processor { Error = new GridUnavailableException("down") };
        await using var queue = Start(processor, false, new GroupCommitLimits());
        processor.Leave.Release(100);

        await Assert.ThrowsAsync<GridUnavailableException>(() => Submit(queue, 1));
        processor.Error = null;

        Assert.Equal(2, await Submit(queue, 2));
    }

    [Fact]
    public async Task FullQueue_LetsCallersWaitForRoom()
    {
        var processor = new Processor();
        await using var queue = Start(processor, false, new GroupCommitLimits { QueueCapacity = 1, MaxBatchRows = 1 });
        var all = Enumerable.Range(0, 4).Select(number => Submit(queue, number)).ToList();

        processor.Leave.Release(100);

        var answers = await Task.WhenAll(all);
        Assert.Equal([0, 1, 2, 3], answers);
    }

    [Fact]
    public async Task Dispose_FinishesWhatIsQueuedAndRefusesMore()
    {
        var processor = new Processor();
        var queue = Start(processor, false, new GroupCommitLimits());
        var first = Submit(queue, 1);
        processor.Leave.Release(100);

        await queue.DisposeAsync();

        Assert.Equal(1, await first);
        await Assert.ThrowsAsync<GridUnavailableException>(() => Submit(queue, 2));
    }

    private static BatchQueue<Item> Start(Processor processor, bool ownThread, GroupCommitLimits limits) => ownThread
        ? BatchQueue<Item>.StartOnOwnThread("test", limits, batch => processor.ProcessAsync(batch).GetAwaiter().GetResult())
        : BatchQueue<Item>.Start("test", limits, processor.ProcessAsync);

    private static Task<int> Submit(BatchQueue<Item> queue, int number, int bytes = 0)
    {
        var item = new Item(number, bytes);
        return queue.SubmitAsync(item, item.Answer.Task);
    }

    private sealed class Processor
    {
        public SemaphoreSlim Entered { get; } = new(0);

        public SemaphoreSlim Leave { get; } = new(0);

        public List<string> Groups { get; } = [];

        public Exception? Error { get; set; }

        public async Task ProcessAsync(IReadOnlyList<Item> batch)
        {
            Groups.Add(string.Join(' ', batch.Select(item => item.Number)));
            Entered.Release();
            await Leave.WaitAsync();
            if (Error is not null)
            {
                throw Error;
            }

            foreach (var item in batch)
            {
                item.Answer.SetResult(item.Number);
            }
        }
    }

    private sealed class Item(int number, int bytes) : IBatchItem
    {
        public int Number => number;

        public int Bytes => bytes;

        public TaskCompletionSource<int> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception exception) => Answer.TrySetException(exception);
    }
}
