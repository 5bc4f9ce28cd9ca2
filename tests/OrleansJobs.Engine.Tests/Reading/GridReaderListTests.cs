using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Tests.Reading;

/// <summary>How a page of a listing is put together from parts.</summary>
public sealed class GridReaderListTests : IDisposable
{
    private readonly List<int> _limits = [];
    private readonly EngineBench _bench;
    private Func<int, ListedRecords> _part = _ => new ListedRecords([], null);

    public GridReaderListTests() => _bench = new EngineBench((member, arguments) =>
    {
        if (member != nameof(IJobStore.ListAsync))
        {
            return null;
        }

        _limits.Add((int)arguments[2]!);
        return Task.FromResult(_part(_limits.Count));
    });

    private GridReader Reader => new(_bench.Store, null!, _bench, _bench.Time);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Page_GoesOnThroughEmptyPartsUntilItIsFull()
    {
        _part = part => new ListedRecords(part % 2 == 0 ? [Job(), Job()] : [], JobId.New());

        var page = await Reader.ListAsync(new(), null, 3);

        Assert.Equal([3, 3, 1, 1], _limits);
        Assert.Equal(4, page.Jobs.Count);
        Assert.NotNull(page.NextCursor);
    }

    [Fact]
    public async Task Page_WithNothingMore_HasNoCursor()
    {
        _part = part => part == 1 ? new ListedRecords([Job()], JobId.New()) : new ListedRecords([], null);

        var page = await Reader.ListAsync(new(), null, 3);

        Assert.Single(page.Jobs);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Page_ThatFindsNothing_EndsAtTheMostRowsWithACursor()
    {
        var last = JobId.New();
        _part = _ => new ListedRecords([], last);

        var page = await Reader.ListAsync(new(), null, 3);

        Assert.Equal(JobLimits.MaxRowsExamined / ListingLimits.MaxRowsInPart, _limits.Count);
        Assert.Empty(page.Jobs);
        Assert.Equal(last.ToString(), page.NextCursor);
    }

    [Fact]
    public async Task Page_ThatTakesTooLong_EndsWithACursor()
    {
        _part = _ =>
        {
            _bench.Time.Advance(JobLimits.MaxListingTime / 2);
            return new ListedRecords([], JobId.New());
        };

        Assert.NotNull((await Reader.ListAsync(new(), null, 3)).NextCursor);
        Assert.Equal(2, _limits.Count);
    }

    [Theory]
    [InlineData(JobLimits.MinErrorTextLength - 1)]
    [InlineData(JobLimits.MaxErrorTextLength + 1)]
    public async Task Search_ForATextOfTheWrongLength_IsRefused(int length)
    {
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Reader.ListAsync(new() { ErrorText = new string('x', length) }, null, 3));

        Assert.Contains($"{length} characters", error.Message);
        Assert.Empty(_limits);
    }

    [Fact]
    public async Task Search_ForAControlCharacter_IsRefused() =>
        await Assert.ThrowsAsync<InvalidRequestException>(() => Reader.ListAsync(new() { ErrorText = "a\0bc" }, null, 3));

    private static JobRecord Job() => new() { Id = JobId.New(), JobClass = "email", State = JobState.Queued };
}
