using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class ListConformance : StoreConformance
{
    [SkippableFact]
    public async Task List_PageByPage_GivesAllNewestFirstWithoutBodies()
    {
        var jobs = Enumerable.Range(0, 7).Select(i => Jobs.New(i % 2 == 0 ? "email" : "index")).ToList();
        await Store.InsertAllAsync(jobs);

        var first = await ListAsync(new JobFilter(), limit: 4);
        var second = await ListAsync(new JobFilter(), first[^1].Place(), limit: 4);

        Assert.Equal(jobs.AsEnumerable().Reverse().Select(job => job.Id), first.Concat(second).Select(job => job.Id));
        Assert.All(first, job => Assert.True(job.Payload.IsEmpty));
    }

    [SkippableFact]
    public async Task List_ByEachState_GoesByTheEffectiveState()
    {
        var soon = Jobs.Now.AddMinutes(1);
        var queued = await Store.AddAsync(Jobs.New());
        var scheduled = await Store.AddAsync(Jobs.New(dueAt: soon));
        var scheduledDue = await Store.AddAsync(Jobs.New() with { State = JobState.Scheduled });
        var running = await Store.AddAsync(Jobs.New());
        await Store.WriteAsync(running, running.Start());
        var retrying = await AddRetryingAsync(soon);
        var retryingDue = await AddRetryingAsync(Jobs.Now);
        var succeeded = await Store.AddEndedAsync(Jobs.New());
        var deadLettered = await Store.AddEndedAsync(Jobs.New(), JobState.DeadLettered);
        var cancelled = await Store.AddEndedAsync(Jobs.New(), JobState.Cancelled);

        await AssertListAsync(JobState.Queued, retryingDue, scheduledDue, queued);
        await AssertListAsync(JobState.Scheduled, scheduled);
        await AssertListAsync(JobState.Running, running);
        await AssertListAsync(JobState.Retrying, retrying);
        await AssertListAsync(JobState.Succeeded, succeeded);
        await AssertListAsync(JobState.DeadLettered, deadLettered);
        await AssertListAsync(JobState.Cancelled, cancelled);
    }

    [SkippableFact]
    public async Task List_ByEachOtherFilter_GivesWhatFits()
    {
        var job = await Store.AddAsync(Jobs.New("index", "acme") with { UniqueKey = "k", Tags = ["red", "blue"] });
        var other = await Store.AddAsync(Jobs.New("email", "initech") with { UniqueKey = "l", Tags = ["red"] });
        await Store.AddAsync(Jobs.New());

        await AssertListAsync(new JobFilter { JobClass = "index" }, job);
        await AssertListAsync(new JobFilter { Tenant = "acme" }, job);
        await AssertListAsync(new JobFilter { UniqueKey = "k" }, job);
        await AssertListAsync(new JobFilter { UniqueKey = "k", JobClass = "email" });
        await AssertListAsync(new JobFilter { Tag = "blue" }, job);
        await AssertListAsync(new JobFilter { Tag = "red" }, other, job);
        await AssertListAsync(new JobFilter { Tag = "re" });
        await AssertListAsync(
            new JobFilter { JobClass = "index", Tenant = "acme", UniqueKey = "k", Tag = "red", State = JobState.Queued }, job);
        await AssertListAsync(new JobFilter { JobClass = "index", State = JobState.Running });
    }

    [SkippableFact]
    public async Task List_ByTime_GoesByWhenJobsWereSubmitted()
    {
        var early = await Store.AddAsync(Jobs.New() with { SubmittedAt = Jobs.Now.AddDays(-2) });
        var middle = await Store.AddAsync(Jobs.New() with { SubmittedAt = Jobs.Now.AddDays(-1) });
        var late = await Store.AddAsync(Jobs.New());

        await AssertListAsync(new JobFilter { SubmittedFrom = Jobs.Now.AddDays(-1) }, late, middle);
        await AssertListAsync(new JobFilter { SubmittedFrom = Jobs.Now.AddDays(-1).AddTicks(1) }, late);
        await AssertListAsync(new JobFilter { SubmittedBefore = Jobs.Now.AddDays(-1) }, early);
        await AssertListAsync(
            new JobFilter { SubmittedFrom = Jobs.Now.AddDays(-2), SubmittedBefore = Jobs.Now.AddHours(-1) }, middle, early);
    }

    /// <summary>A caller may give a job any id: of version 4, or the lowest and the highest that there are.</summary>
    [SkippableTheory]
    [MemberData(nameof(EveryWay))]
    public async Task List_WhateverTheIds_GivesAllByWhenTheyWereSubmitted(JobFilter filter, JobState state)
    {
        Guid[] ids =
        [
            Guid.AllBitsSet, Guid.NewGuid(), Guid.CreateVersion7(Jobs.Now.AddYears(-9)), new(1, 0, 0, new byte[8]), Guid.NewGuid(),
            Guid.CreateVersion7(Jobs.Now.AddYears(9)), Guid.NewGuid(),
        ];
        var jobs = ids.Select((id, index) => Odd(id, state) with { SubmittedAt = Jobs.Now.AddSeconds(index / 2) })
            .OrderByDescending(job => job.Place()).ToList();
        await Store.InsertAllAsync(jobs);

        var listed = new List<JobId>();
        ListedRecords part;
        ListPosition? next = null;
        do
        {
            part = await Store.ListAsync(filter, next, 2, Jobs.Now.AddDays(1));
            listed.AddRange(part.Jobs.Select(job => job.Id));
            next = part.Next;
        }
        while (next is not null);

        Assert.Equal(jobs.Select(job => job.Id), listed);
        Assert.Equal(jobs.Where(job => job.SubmittedAt >= Jobs.Now.AddSeconds(1) && job.SubmittedAt < Jobs.Now.AddSeconds(3)).Select(job => job.Id),
            (await ListAsync(filter with { SubmittedFrom = Jobs.Now.AddSeconds(1), SubmittedBefore = Jobs.Now.AddSeconds(3) })).Select(job => job.Id));
    }

    public static TheoryData<JobFilter, JobState> EveryWay => new()
    {
        { new(), JobState.Queued },
        { new() { JobClass = "email" }, JobState.Queued },
        { new() { Tenant = "acme" }, JobState.Succeeded },
        { new() { Tag = "red" }, JobState.Queued },
        { new() { ErrorText = "boom" }, JobState.DeadLettered },
        { new() { State = JobState.Queued }, JobState.Queued },
        { new() { State = JobState.Queued, JobClass = "email", Tenant = "acme" }, JobState.Queued },
        { new() { State = JobState.Running }, JobState.Running },
        { new() { State = JobState.DeadLettered }, JobState.DeadLettered },
        { new() { State = JobState.Cancelled, JobClass = "email" }, JobState.Cancelled },
        { new() { State = JobState.Succeeded }, JobState.Succeeded },
    };

    private static JobRecord Odd(Guid id, JobState state) => Jobs.New(tenant: "acme") with
    {
        Id = new JobId(id),
        State = state,
        Tags = ["red"],
        LastError = new JobError("E", "boom"),
        FinishedAt = state.IsTerminal() ? Jobs.Now.AddSeconds(2) : null,
    };

    [SkippableFact]
    public async Task List_OfATagAfterItsJobWasPruned_IsEmpty()
    {
        await Store.AddEndedAsync(Jobs.New() with { Tags = ["red", "red"] });

        await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10);

        await AssertListAsync(new JobFilter { Tag = "red" });
    }

    private async Task<JobRecord> AddRetryingAsync(DateTimeOffset dueAt)
    {
        var job = await Store.AddAsync(Jobs.New());
        var running = await Store.WriteAsync(job, job.Start());
        return await Store.WriteAsync(running, running with { Version = 3, State = JobState.Retrying, DueAt = dueAt });
    }

    private async Task<IReadOnlyList<JobRecord>> ListAsync(JobFilter filter, ListPosition? before = null, int limit = 100) =>
        (await Store.ListAsync(filter, before, limit, Jobs.Now)).Jobs;

    private async Task AssertListAsync(JobFilter filter, params JobRecord[] expected) =>
        Assert.Equal(expected.Select(job => job.Id), (await ListAsync(filter)).Select(job => job.Id));

    private async Task AssertListAsync(JobState state, params JobRecord[] expected)
    {
        await AssertListAsync(new JobFilter { State = state }, expected);
        await AssertListAsync(new JobFilter { State = state, JobClass = "email" }, expected);
        await AssertListAsync(new JobFilter { State = state, JobClass = "index" });
    }
}
