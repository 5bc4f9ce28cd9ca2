using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Engine.Reading;
using OrleansJobs.Storage;

namespace OrleansJobs.Engine.Tests.Reading;

/// <summary>How a page of a listing is put together from parts.</summary>
public sealed class GridReaderListTests : IDisposable
{
    private readonly List<int> _limits = [];
    private readonly EngineBench _bench;
    private JobRecord? _stored;
    private ListPosition? _before;
    private Func<int, ListedRecords> _part = _ => new ListedRecords([], null);

    public GridReaderListTests() => _bench = new EngineBench((member, arguments) =>
    {
        if (member == nameof(IJobStore.FindAsync))
        {
            return Task.FromResult(_stored);
        }

        if (member != nameof(IJobStore.ListAsync))
        {
            return null;
        }

        _before = (ListPosition?)arguments[1];
        _limits.Add((int)arguments[2]!);
        return Task.FromResult(_part(_limits.Count));
    });

    private GridReader Reader => new(_bench.Store, null!, _bench, _bench.Time);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Page_GoesOnThroughEmptyPartsUntilItIsFull()
    {
        _part = part => new ListedRecords(part % 2 == 0 ? [Job(), Job()] : [], Place());

        var page = await Reader.ListAsync(new(), null, 3);

        Assert.Equal([3, 3, 1, 1], _limits);
        Assert.Equal(4, page.Jobs.Count);
        Assert.NotNull(page.NextCursor);
    }

    [Fact]
    public async Task Page_WithNothingMore_HasNoCursor()
    {
        _part = part => part == 1 ? new ListedRecords([Job()], Place()) : new ListedRecords([], null);

        var page = await Reader.ListAsync(new(), null, 3);

        Assert.Single(page.Jobs);
        Assert.Null(page.NextCursor);
    }

    [Fact]
    public async Task Page_ThatFindsNothing_EndsAtTheMostRowsWithACursor()
    {
        var last = Place();
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
            return new ListedRecords([], Place());
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

    [Theory]
    [InlineData("1767225600000000.0193b5f2-7c1e-4d3a-9f1b-2a4c6e8f0a1b", 1767225600000000)]
    [InlineData("-5.ffffffff-ffff-ffff-ffff-ffffffffffff", -5)]
    public async Task Cursor_GoesOnAtItsPlace(string cursor, long submittedAt)
    {
        await Reader.ListAsync(new(), cursor, 3);

        Assert.Equal(cursor, _before!.Value.ToString());
        Assert.Equal(submittedAt, _before.Value.SubmittedAt);
    }

    /// <summary>What earlier versions gave: the id of the last job that was looked at.</summary>
    [Fact]
    public async Task Cursor_OfAnEarlierVersion_GoesOnAtItsJob_OrSaysThatItIsGone()
    {
        _stored = Job() with { SubmittedAt = DateTimeOffset.UnixEpoch.AddSeconds(3) };
        await Reader.ListAsync(new(), _stored.Id.ToString(), 3);
        Assert.Equal(new ListPosition(3_000_000, _stored.Id), _before);

        _stored = null;
        var error = await Assert.ThrowsAsync<InvalidRequestException>(() => Reader.ListAsync(new(), JobId.New().ToString(), 3));
        Assert.Contains("earlier version", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("1.2")]
    [InlineData(".0193b5f2-7c1e-4d3a-9f1b-2a4c6e8f0a1b")]
    [InlineData("99999999999999999999.0193b5f2-7c1e-4d3a-9f1b-2a4c6e8f0a1b")]
    public async Task Cursor_ThatIsNone_IsRefused(string cursor) =>
        await Assert.ThrowsAsync<InvalidRequestException>(() => Reader.ListAsync(new(), cursor, 3));

    private static ListPosition Place() => new(1, JobId.New());

    private static JobRecord Job() => new() { Id = JobId.New(), JobClass = "email", State = JobState.Queued };
}
