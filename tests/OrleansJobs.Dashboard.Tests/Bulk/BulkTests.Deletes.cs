using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Dashboard.Tests.Access;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.Bulk;

public sealed partial class BulkTests
{
    [Fact]
    public async Task Run_OfDeletes_DeletesEndedJobs_AndLeavesOpenOnesThatTheFilterAlsoHas()
    {
        var jobs = await SubmitManyAsync(BulkLimits.PageSize + 20, "acme");
        jobs.ForEach(id => Grid.Die(id, "no"));
        var open = await SubmitManyAsync(3, "acme");
        Grid.Start(open[0]);
        var other = await SubmitManyAsync(1, "initech");
        Grid.Succeed(other[0]);

        var run = await RunAsync("""{"action":"delete","filter":{"tenant":"acme"}}""");

        Assert.Equal((jobs.Count + 3, jobs.Count, 3), Counts(run));
        Assert.Equal(open.Append(other[0]).Order(), Grid.All().Select(job => job.Id).Order());
    }

    [Fact]
    public async Task Run_OfDeletes_LeavesAJobThatIsReopenedMeanwhile()
    {
        var jobs = await SubmitManyAsync(2, "acme");
        jobs.ForEach(id => Grid.Die(id, "no"));
        var reopened = new List<JobId>();
        Grid.OnDeleted = id =>
        {
            var rest = jobs.Single(job => job != id);
            reopened.Add(rest);
            Grid.RetryAsync(rest).GetAwaiter().GetResult();
        };

        Assert.Equal((2, 1, 1), Counts(await RunAsync("""{"action":"delete","filter":{"state":"DeadLettered"}}""")));
        Assert.Equal(JobState.Queued, StateOf(Assert.Single(reopened)).State);
    }

    [Fact]
    public async Task Run_OfDeletes_CountsAJobWhoseFirstDeleteHadNoAnswer()
    {
        Grid.Die((await SubmitManyAsync(1, "acme"))[0], "no");
        Grid.OnDeleted = _ =>
        {
            Grid.FailWith(new GridUnavailableException("Away."));
            throw new GridUnavailableException("Away.");
        };
        var end = _trail.EndAsync();
        await BeginAsync("""{"action":"delete","filter":{"tenant":"acme"}}""");
        await Grid.Refused.WaitAsync(Patience);
        Grid.FailWith(null);
        while (!end.IsCompleted)
        {
            Time.Advance(BulkLimits.RetryPause);
            await Task.Yield();
        }

        Assert.Equal((1, AuditOutcome.Done), ((await end).Jobs, (await end).Outcome));
    }

    [Fact]
    public async Task Run_OfDeletes_OfAClassNoHostHas_Deletes_AndIsAudited()
    {
        Grid.Die((await SubmitManyAsync(1, "acme"))[0], "no");
        Grid.Forget("email");

        Assert.Equal((1, 1, 0), Counts(await RunAsync("""{"action":"delete","filter":{"class":"email","state":"DeadLettered"},"reason":"tidy"}""")));

        Assert.Empty(Grid.All());
        var entries = (await ReadAsync(await SendAsync("GET /api/audit", OperatorKey)))["entries"]!.AsArray();
        Assert.Equal(["bulk-end", "bulk-delete"], entries.Select(entry => (string?)entry!["verb"]));
    }

    [Fact]
    public async Task Run_OfDeletes_DoesNotSayThatItLeftNewerOpenJobs()
    {
        await SubmitManyAsync(1, "acme");
        Grid.Now = Time.GetUtcNow();
        Grid.Die((await SubmitManyAsync(2, "acme"))[0], "no");

        Assert.Equal(1, (int)(await RunAsync("""{"action":"delete","filter":{"class":"email"}}"""))["left"]!);
    }
}
