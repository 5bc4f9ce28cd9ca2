using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Embedded.Jobs;
using OrleansJobs.Testing;
using OrleansJobs.TestKit;

namespace OrleansJobs.Embedded.Tests.Jobs;

/// <summary>What is kept in memory, and what is not.</summary>
public sealed class JobTableTests
{
    private readonly WatchedTimeProvider _time = new();
    private readonly MemoryRows _rows = new();
    private readonly JobTable _table;

    public JobTableTests() => _table = new JobTable(_rows.Store, _time, NullLogger<JobTable>.Instance);

    [Fact]
    public async Task Job_FromItsSubmitToItsEnd_IsNeverRead()
    {
        var id = await SubmitAsync();

        await DecideAsync(id, new Start("silo"));
        await DecideAsync(id, new Complete(1, null));

        Assert.Equal((0, 0), (_rows.Reads, _table.Count));
    }

    [Fact]
    public async Task WaitingJobs_OverTheLimit_AreReadWhenTheyAreNeeded()
    {
        var ids = await SubmitManyAsync(JobTable.MaxIdleJobs + 10);

        Assert.Equal(JobTable.MaxIdleJobs, _table.Count);
        await DecideAsync(ids[0], new Start("silo"));
        Assert.Equal(0, _rows.Reads);
        await DecideAsync(ids[^1], new Start("silo"));
        Assert.Equal(1, _rows.Reads);
    }

    [Fact]
    public async Task WaitingJobs_OfLargePayloads_AreBoundedByTheirBytes()
    {
        const int payload = JobLimits.MaxPayloadBytes;
        await SubmitManyAsync(100, payload);

        Assert.InRange(_table.IdleBytes, JobTable.MaxIdleBytes - (2L * payload), JobTable.MaxIdleBytes);
        Assert.Equal(JobTable.MaxIdleBytes / payload - 1, _table.Count);
    }

    [Fact]
    public async Task RunningJobs_StayBesideTheLimit()
    {
        await SubmitManyAsync(JobTable.MaxIdleJobs);
        var running = await SubmitAsync();

        await DecideAsync(running, new Start("silo"));
        var reads = _rows.Reads;
        await DecideAsync(running, new Complete(1, null));

        Assert.Equal((1, 1), (reads, _rows.Reads));
        Assert.Equal(JobTable.MaxIdleJobs, _table.Count);
    }

    [Fact]
    public async Task WaitingJobs_ThatNobodyNeedsForLong_GiveWayToNewOnes()
    {
        await SubmitManyAsync(JobTable.MaxIdleJobs);
        _time.Advance(TimeSpan.FromMinutes(2));

        var id = await SubmitAsync();
        await DecideAsync(id, new Start("silo"));

        Assert.Equal(0, _rows.Reads);
        Assert.Equal(JobTable.MaxIdleJobs, _table.Count);
    }

    [Fact]
    public async Task HeldJob_StaysThoughItEnds_AndLeavesThen()
    {
        var id = await SubmitAsync();
        using (var hold = _table.Hold(id))
        {
            await DecideAsync(id, new Cancel(null));
            Assert.Equal((1, JobState.Cancelled), (_table.Count, hold.Cell.Current?.State));
        }

        Assert.Equal((0, 0L), (_table.Count, _table.IdleBytes));
    }

    [Fact]
    public async Task Turns_OfAJob_ComeOneAfterTheOther()
    {
        var id = await SubmitAsync();
        var first = await _table.EnterAsync(id);

        var second = _table.EnterAsync(id).AsTask();
        Assert.False(second.IsCompleted);
        first.Dispose();

        using var turn = await second;
        Assert.Equal(id, turn.Cell.Current?.Id);
    }

    [Fact]
    public async Task UnknownJob_LeavesNothingBehind()
    {
        using (var turn = await _table.EnterAsync(JobId.New()))
        {
            Assert.False(turn.Cell.Exists);
        }

        Assert.Equal((1, 0), (_rows.Reads, _table.Count));
    }

    private Task<JobId> SubmitAsync() => SubmitAsync(payload: 10);

    private async Task<JobId> SubmitAsync(int payload)
    {
        var record = new JobRecord { Id = JobId.New(), JobClass = "c", State = JobState.Queued, MaxAttempts = 3, DueAt = _time.GetUtcNow(), Payload = new byte[payload] };
        using var turn = await _table.EnterAsync(record.Id, isNew: true);
        await turn.Cell.InsertAsync(record);
        return record.Id;
    }

    private async Task<List<JobId>> SubmitManyAsync(int count, int payload = 10)
    {
        var ids = new List<JobId>();
        for (var number = 0; number < count; number++)
        {
            ids.Add(await SubmitAsync(payload));
        }

        return ids;
    }

    private async Task DecideAsync(JobId id, JobCommand command)
    {
        using var turn = await _table.EnterAsync(id);
        Assert.Equal(Verdict.Applied, (await turn.Cell.DecideAsync(command, _time.GetUtcNow())).Verdict);
    }
}
