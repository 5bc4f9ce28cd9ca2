using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

/// <summary>Listings that look at more jobs than fit, and those by an error's text.</summary>
public abstract class SearchConformance : StoreConformance
{
    private const int More = ListingLimits.MaxRowsInPart + 10;

    public static TheoryData<JobFilter> RareFilters =>
    [
        new() { Tenant = "rare" }, new() { JobClass = "email", Tenant = "rare" }, new() { Tag = "red", Tenant = "rare" },
        new() { State = JobState.DeadLettered, Tenant = "rare" }, new() { ErrorText = "disk" }, new() { State = JobState.DeadLettered, ErrorText = "disk" },
    ];

    [SkippableTheory]
    [MemberData(nameof(RareFilters))]
    public async Task List_OfAJobBehindMany_ComesToItPartByPart(JobFilter filter)
    {
        var rare = await Store.AddAsync(Ended() with { Tenant = "rare", LastError = new("Io", "The disk is full.") });
        await Store.InsertAllAsync([.. Enumerable.Range(0, More).Select(_ => Ended())]);

        var parts = new List<ListedRecords>();
        do
        {
            parts.Add(await Store.ListAsync(filter, parts.LastOrDefault()?.Next, 10, Jobs.Now));
        }
        while (parts[^1].Next is not null);

        Assert.Empty(parts[0].Jobs);
        Assert.InRange(parts.Count, 2, 4);
        Assert.Equal([rare.Id], parts.SelectMany(part => part.Jobs).Select(job => job.Id));
    }

    [SkippableFact]
    public async Task List_PartByPart_GivesEachJobOnceWhateverIsInsertedMeanwhile()
    {
        var wanted = new List<JobId>();
        for (var round = 0; round < 3; round++)
        {
            wanted.Insert(0, (await Store.AddAsync(Jobs.New(tenant: "rare"))).Id);
            await Store.InsertAllAsync([.. Enumerable.Range(0, More / 2).Select(_ => Jobs.New())]);
        }

        var found = new List<JobId>();
        ListPosition? next = null;
        do
        {
            var part = await Store.ListAsync(new JobFilter { Tenant = "rare" }, next, 2, Jobs.Now);
            found.AddRange(part.Jobs.Select(job => job.Id));
            next = part.Next;
            await Store.AddAsync(Jobs.New(tenant: "rare"));
        }
        while (next is not null);

        Assert.Equal(wanted, found.TakeLast(wanted.Count));
        Assert.Equal(found.Count, found.Distinct().Count());
    }

    [SkippableFact]
    public async Task List_OfATimeLongAgo_LooksAtNothingNewer()
    {
        var old = await Store.AddAsync(Jobs.New() with { SubmittedAt = Jobs.Now.AddDays(-2) });
        await Store.InsertAllAsync([.. Enumerable.Range(0, More).Select(_ => Jobs.New())]);

        var found = await Store.ListAsync(new JobFilter { SubmittedBefore = Jobs.Now.AddDays(-1) }, null, 10, Jobs.Now);

        Assert.Equal([old.Id], found.Jobs.Select(job => job.Id));
        Assert.Null(found.Next);
    }

    [SkippableFact]
    public async Task List_OfAPageThatIsFull_GoesOnAfterItsLastJob()
    {
        await Store.InsertAllAsync([.. Enumerable.Range(0, 5).Select(_ => Jobs.New())]);

        var found = await Store.ListAsync(new JobFilter(), null, 3, Jobs.Now);

        Assert.Equal(found.Jobs[^1].Place(), found.Next);
    }

    [SkippableFact]
    public async Task List_OfFewWaitingJobsBehindMany_FindsThemAtOnce()
    {
        var waiting = await Store.AddAsync(Jobs.New(dueAt: Jobs.Now.AddDays(1)));
        await Store.InsertAllAsync([.. Enumerable.Range(0, More).Select(_ => Ended())]);

        foreach (var filter in new JobFilter[] { new() { State = JobState.Scheduled }, new() { State = JobState.Scheduled, JobClass = "email", Tenant = "" } })
        {
            Assert.Equal([waiting.Id], (await Store.ListAsync(filter, null, 10, Jobs.Now)).Jobs.Select(job => job.Id));
        }
    }

    [SkippableTheory]
    [InlineData("smtpexception", true)]
    [InlineData("REFUSED BY", true)]
    [InlineData("100% full_", true)]
    [InlineData("100_ full", false)]
    [InlineData("Ärger", true)]
    [InlineData("at Relay.Send", false)]
    [InlineData("smtpexception,", false)]
    public async Task List_ByErrorText_LooksIntoTypeAndMessageWithoutTheCaseOfAsciiLetters(string text, bool isFound)
    {
        var job = await Store.AddAsync(Ended() with
        {
            LastError = new JobError("System.Net.Mail.SmtpException", "refused by the relay: 100% full_ \"now\". Ärger!", "at Relay.Send"),
        });
        await Store.AddAsync(Jobs.New());

        var found = await Store.ListAsync(new JobFilter { ErrorText = text }, null, 10, Jobs.Now);

        Assert.Equal(isFound ? [job.Id] : [], found.Jobs.Select(found => found.Id));
    }

    private static JobRecord Ended() => Jobs.New() with
    {
        State = JobState.DeadLettered,
        FinishedAt = Jobs.Now,
        Tags = ["red"],
        LastError = new JobError("Net", "The relay has refused."),
    };
}
