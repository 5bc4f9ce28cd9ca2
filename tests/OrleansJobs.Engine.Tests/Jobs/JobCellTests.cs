using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Engine.Jobs;
using OrleansJobs.Storage;
using OrleansJobs.TestKit.Foreign;

namespace OrleansJobs.Engine.Tests.Jobs;

/// <summary>What a cell shows is what is stored, whatever becomes of its writes.</summary>
public sealed class JobCellTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
    private static readonly JobRecord Waiting = new() { Id = JobId.New(), JobClass = "c", State = JobState.Queued, MaxAttempts = 3, DueAt = Now };
    private readonly ScriptedRow _row = new(Waiting);
    private readonly JobCell _cell;

    public JobCellTests() => _cell = new JobCell(_row, NullLogger.Instance);

    [Fact]
    public async Task Decision_AboutAJobThatIsNotKnown_ReadsItFirst()
    {
        var transition = await _cell.DecideAsync(new Start("silo"), Now);

        Assert.Equal((Verdict.Applied, 1), (transition.Verdict, _row.Reads));
        Assert.Same(_row.Stored, _cell.Current);
    }

    [Fact]
    public async Task Write_WithoutAnAnswer_IsSettledByReading_BeforeAnythingElseIsDecided()
    {
        _cell.Adopt(Waiting);
        _row.AfterWrite = () => throw new GridUnavailableException("unclear");
        await Assert.ThrowsAsync<GridUnavailableException>(() => _cell.DecideAsync(new Start("silo"), Now));
        Assert.Null(_cell.Known);
        _row.AfterWrite = () => { };

        var again = await _cell.DecideAsync(new Start("silo"), Now);

        Assert.Equal((Verdict.WrongState, JobState.Running, 1), (again.Verdict, again.Next.State, again.Next.Attempt));
        Assert.Equal(1, _row.Reads);
    }

    [Fact]
    public async Task Decision_IsAnswered_ThoughWhatListensToMeasuresThrows()
    {
        using var listener = new HostileListener(ListenFault.Measure);
        _cell.Adopt(Waiting);

        var transition = await _cell.DecideAsync(new Cancel("not wanted"), Now);

        Assert.Equal((Verdict.Applied, JobState.Cancelled), (transition.Verdict, _row.Stored!.State));
        Assert.True(listener.Thrown > 0);
    }

    [Theory]
    [InlineData(LogFault.Line)]
    [InlineData(LogFault.Scope)]
    public async Task Decision_OnAStaleRecord_IsMadeAnew_ThoughTheLogThrows(LogFault fault)
    {
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(new HostileLog(fault)));
        var cell = new JobCell(_row, loggers.CreateLogger("cell"));
        cell.Adopt(Waiting);
        _row.Stored = JobLifecycle.Decide(Waiting, new Cancel("elsewhere"), Now).Next;

        Assert.Equal(JobState.Cancelled, (await cell.DecideAsync(new Start("silo"), Now)).Next.State);
    }

    [Fact]
    public async Task Decision_OnAStaleRecord_IsMadeAnew()
    {
        _cell.Adopt(Waiting);
        _row.Stored = JobLifecycle.Decide(Waiting, new Cancel("elsewhere"), Now).Next;

        var transition = await _cell.DecideAsync(new Start("silo"), Now);

        Assert.Equal((Verdict.WrongState, JobState.Cancelled), (transition.Verdict, _cell.Current?.State));
    }

    [Fact]
    public async Task Ack_OfAnAttemptThatStartedElsewhere_CountsThoughTheRecordHeldIsOlder()
    {
        _cell.Adopt(Waiting);
        _row.Stored = JobLifecycle.Decide(Waiting, new Start("elsewhere"), Now).Next;

        var transition = await _cell.DecideAsync(new Complete(_row.Stored.LeaseToken, null), Now);

        Assert.Equal((Verdict.Applied, JobState.Succeeded, 1), (transition.Verdict, transition.Next.State, _row.Reads));
    }

    [Fact]
    public async Task Refusal_OfARecordThatWasJustRead_IsNotReadAgain()
    {
        var transition = await _cell.DecideAsync(new Complete(LeaseToken: 7, null), Now);

        Assert.Equal((Verdict.StaleLease, 1), (transition.Verdict, _row.Reads));
    }

    [Fact]
    public async Task Job_ThatWasInsertedElsewhere_IsThere()
    {
        _cell.Adopt(null);

        Assert.True(await _cell.IsThereAsync());
        Assert.Same(Waiting, _cell.Current);
    }

    [Fact]
    public async Task Deletion_ShowsThatThereIsNoJob_AndLetsWhoWaitsGo()
    {
        var ended = Waiting with { State = JobState.DeadLettered, FinishedAt = Now };
        _row.Stored = ended;
        _cell.Adopt(ended);

        var transition = await _cell.DecideAsync(new Delete(), Now);

        Assert.Equal((Verdict.Applied, JobState.DeadLettered), (transition.Verdict, transition.Next.State));
        Assert.Null(_row.Stored);
        Assert.False(_cell.Exists || _cell.IsUnclear);
        Assert.Equal(InsertStatus.Inserted, (await _cell.InsertAsync(Waiting)).Status);
    }

    [Fact]
    public async Task Deletion_OfAJobThatARetryHasReopenedElsewhere_IsRefused()
    {
        var ended = Waiting with { State = JobState.DeadLettered, FinishedAt = Now };
        _cell.Adopt(ended);
        _row.Stored = JobLifecycle.Decide(ended, new RetryNow(), Now).Next;

        var transition = await _cell.DecideAsync(new Delete(), Now);

        Assert.Equal((Verdict.WrongState, JobState.Queued), (transition.Verdict, transition.Next.State));
        Assert.Equal(JobState.Queued, _row.Stored?.State);
    }

    [Fact]
    public async Task Deletion_WithoutAnAnswer_ThatWasDone_IsSettledByReading()
    {
        var ended = Waiting with { State = JobState.Succeeded, FinishedAt = Now };
        (_row.Stored, _row.AfterWrite) = (ended, () => throw new GridUnavailableException("unclear"));
        _cell.Adopt(ended);
        await Assert.ThrowsAsync<GridUnavailableException>(() => _cell.DecideAsync(new Delete(), Now));

        Assert.False(await _cell.IsThereAsync());
    }

    [Fact]
    public async Task Decision_WhileTheJobChangesAllTheTime_IsGivenUp()
    {
        _row.BeforeWrite = () => _row.Stored = _row.Stored! with { Version = _row.Stored.Version + 1 };

        await Assert.ThrowsAsync<GridUnavailableException>(() => _cell.DecideAsync(new Start("silo"), Now));
        Assert.InRange(_row.Reads, 2, 10);
    }

    [Fact]
    public async Task Insert_OfAJobThatIsThere_ShowsThatOneOnceItIsSettled()
    {
        _cell.Adopt(null);

        var outcome = await _cell.InsertAsync(Waiting with { Tenant = "other" });
        await _cell.SettleAsync();

        Assert.Equal(Storage.InsertStatus.IdTaken, outcome.Status);
        Assert.Same(Waiting, _cell.Current);
    }

    [Fact]
    public async Task Change_IsHeardByWhoeverHasSeenTheVersionBefore()
    {
        _cell.Adopt(Waiting);
        var change = _cell.ChangeAsync(Waiting.Version);
        Assert.False(change.IsCompleted);
        Assert.True(_cell.ChangeAsync(seenVersion: 0).IsCompleted);

        await _cell.DecideAsync(new Start("silo"), Now);

        Assert.True(change.IsCompleted);
    }

    [Fact]
    public async Task Change_OfAnEndedJob_IsNotWaitedFor()
    {
        await _cell.DecideAsync(new Cancel(null), Now);

        Assert.True(_cell.ChangeAsync(_cell.Current!.Version).IsCompleted);
    }
}
