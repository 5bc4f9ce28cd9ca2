using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class ResultsConformance : StoreConformance
{
    [SkippableFact]
    public async Task ReadFinished_PageByPage_GivesWholeJobsInTheOrderOfTheirEnds()
    {
        var jobs = Enumerable.Range(0, 5).Select(_ => Jobs.New()).ToList();
        await Store.InsertAllAsync(jobs);
        var ended = new List<JobRecord>();
        foreach (var job in jobs.AsEnumerable().Reverse())
        {
            var running = await Store.WriteAsync(job, job.Start());
            ended.Add(await Store.WriteAsync(running, running.End() with { Result = new byte[] { 5 } }));
        }

        await Store.AddEndedAsync(Jobs.New("index"));
        await Store.AddAsync(Jobs.New());

        var first = await Store.ReadFinishedAsync("email", 0, 3);
        var second = await Store.ReadFinishedAsync("email", first[^1].Sequence, 3);

        var all = first.Concat(second).ToList();
        Assert.Equal(5, all.Count);
        Assert.All(ended.Zip(all), pair => RecordAssert.Same(pair.First, pair.Second.Job));
        Assert.Equal(all.Select(entry => entry.Sequence).Order().Distinct(), all.Select(entry => entry.Sequence));
        Assert.True(all[0].Sequence > 0);
    }

    [SkippableTheory]
    [InlineData("payload", 20)]
    [InlineData("result", 80)]
    [InlineData("checkpoint", 300)]
    [InlineData("attempts", 110)]
    public async Task ReadFinished_OfLargeJobs_CutsThePageByBytesAndLosesNone(string large, int count)
    {
        var jobs = Enumerable.Range(0, count).Select(_ => Large(Jobs.New(), large)).ToList();
        await Store.InsertAllAsync([.. jobs.Select(job => job with { Result = null, Checkpoint = null, Attempts = [] })]);
        foreach (var job in jobs)
        {
            await Store.WriteAsync(await Store.WriteAsync(job, job.Start()), job.Start().End());
        }

        var first = await Store.ReadFinishedAsync("email", 0, JobLimits.MaxPageSize);
        var second = await Store.ReadFinishedAsync("email", first[^1].Sequence, JobLimits.MaxPageSize);

        Assert.InRange(first.SkipLast(1).Sum(entry => Bytes(entry.Job)), 0, JobLimits.MaxPageBytes);
        Assert.InRange(first.Sum(entry => Bytes(entry.Job)), JobLimits.MaxPageBytes * 0.9, int.MaxValue);
        Assert.Equal(jobs.Select(job => job.Id), first.Concat(second).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task ReadFinished_OfAJobRetriedByHand_LeavesTheQueueAndComesBackAtItsEnd()
    {
        var first = await Store.AddEndedAsync(Jobs.New(), JobState.DeadLettered);
        var second = await Store.AddEndedAsync(Jobs.New());
        var queued = await Store.WriteAsync(first, first.Requeue());

        Assert.Equal([second.Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));

        var running = await Store.WriteAsync(queued, queued.Start());
        await Store.WriteAsync(running, running.End());

        Assert.Equal([second.Id, first.Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task ReadFinished_AfterAChangeOfAnEndedJob_KeepsItsPlace()
    {
        var first = await Store.AddEndedAsync(Jobs.New());
        var second = await Store.AddEndedAsync(Jobs.New());

        await Store.WriteAsync(first, first with { Version = first.Version + 1, CancelRequested = true });

        Assert.Equal([first.Id, second.Id], (await Store.ReadFinishedAsync("email", 0, 10)).Select(entry => entry.Job.Id));
    }

    [SkippableFact]
    public async Task ReadFinished_WhileTwoSilosWrite_NeverMissesAnEntry()
    {
        var other = await Harness.OpenAsync();
        var reader = await Harness.OpenAsync();
        var jobs = Enumerable.Range(0, 600).Select(_ => Jobs.New()).ToList();
        await Store.InsertAllAsync(jobs);
        await Task.WhenAll(jobs.Select(job => Store.WriteAsync(job, job.Start())));

        // One after the other in many lanes, so that the groups of the two silos overlap again and again.
        var lanes = jobs.Index().GroupBy(item => item.Index % 12).Select(lane => Task.Run(async () =>
        {
            foreach (var (_, job) in lane)
            {
                var running = job.Start();
                await (lane.Key % 2 == 0 ? Store : other).WriteAsync(running, running.End());
            }
        }));
        var writing = Task.WhenAll(lanes);
        var seen = new List<FinishedRecord>();
        while (seen.Count < jobs.Count)
        {
            var isLast = writing.IsCompleted;
            var page = await reader.ReadFinishedAsync("email", seen.Count == 0 ? 0 : seen[^1].Sequence, 50);
            seen.AddRange(page);
            Assert.False(isLast && page.Count == 0, $"{jobs.Count - seen.Count} entries were missed.");
        }

        await writing;
        Assert.Equal(jobs.Select(job => job.Id).Order(), seen.Select(entry => entry.Job.Id).Order());
    }

    private static JobRecord Large(JobRecord job, string large) => large switch
    {
        "payload" => job with { Payload = new byte[JobLimits.MaxPayloadBytes] },
        "result" => job with { Result = new byte[JobLimits.MaxResultBytes] },
        "checkpoint" => job with { Checkpoint = new byte[JobLimits.MaxCheckpointBytes] },
        _ => job with { Attempts = [.. Enumerable.Range(1, JobLimits.MaxAttemptHistory).Select(Failed)] },
    };

    private static JobAttempt Failed(int number) => new(
        number, "silo", Jobs.Now, Jobs.Now, AttemptOutcome.Failed, new JobError("error", "", new string('x', JobLimits.MaxErrorStackLength)));

    private static int Bytes(JobRecord job) =>
        job.Payload.Length + (job.Result?.Length ?? 0) + (job.Checkpoint?.Length ?? 0) +
        job.Attempts.Sum(attempt => attempt.Error!.Stack!.Length);
}
