using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class JobLogConformance : StoreConformance
{
    [SkippableFact]
    public async Task Log_IsReadInOrderPageByPage()
    {
        var (job, other) = (await Store.AddAsync(Jobs.New()), await Store.AddAsync(Jobs.New()));
        var at = Jobs.Now.AddMicroseconds(7);
        await Store.AppendLogAsync(
        [
            Line(job, 1, 1, "second"), new(job.Id, new JobLogLine(LoggedLine.SequenceOf(1, 0), at, 1, LogLevel.Error, "first")), Line(other, 1, 0, "other"),
        ]);
        await Store.AppendLogAsync([Line(job, 2, 0, "third")]);

        var first = await Store.ReadLogAsync(job.Id, 0, 2);
        var rest = await Store.ReadLogAsync(job.Id, first[^1].Sequence, 2);

        Assert.Equal(["first", "second"], first.Select(line => line.Text));
        Assert.Equal(["third"], rest.Select(line => line.Text));
        Assert.Equal((at, 1, LogLevel.Error), (first[0].At, first[0].Attempt, first[0].Level));
        Assert.Empty(await Store.ReadLogAsync(JobId.New(), 0, 10));
    }

    [SkippableFact]
    public async Task Log_WrittenTwice_IsThereOnce()
    {
        var job = await Store.AddAsync(Jobs.New());

        await Store.AppendLogAsync([Line(job, 1, 0, "a")]);
        await Store.AppendLogAsync([Line(job, 1, 0, "a"), Line(job, 1, 1, "b")]);

        Assert.Equal(["a", "b"], await TextsAsync(job));
    }

    [SkippableFact]
    public async Task Log_OfAJobThatIsGone_IsLeftOut()
    {
        var job = await Store.AddAsync(Jobs.New());

        await Store.AppendLogAsync([Line(Jobs.New(), 1, 0, "nobody's"), Line(job, 1, 0, "a")]);

        Assert.Equal(["a"], await TextsAsync(job));
        Assert.Equal(1, await Harness.ReadAsync("SELECT count(*) FROM job_log"));
    }

    [SkippableFact]
    public async Task Log_OfManyRuns_KeepsTheLastOnes()
    {
        var (job, other) = (await Store.AddAsync(Jobs.New()), await Store.AddAsync(Jobs.New()));
        await Store.AppendLogAsync([Line(other, 1, 0, "kept")]);
        for (var run = 1; run <= InsightLimits.MaxLoggedRuns + 5; run++)
        {
            await Store.AppendLogAsync([Line(job, run, 0, $"{run}")]);
        }

        Assert.Equal(Enumerable.Range(6, InsightLimits.MaxLoggedRuns).Select(run => $"{run}"), await TextsAsync(job));
        Assert.Equal(["kept"], await TextsAsync(other));
    }

    [SkippableFact]
    public async Task Log_GoesWithItsJob()
    {
        var job = await Store.AddEndedAsync(Jobs.New());
        var kept = await Store.AddAsync(Jobs.New());
        await Store.AppendLogAsync([Line(job, 1, 0, "a"), Line(kept, 1, 0, "b")]);

        await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10);

        Assert.Empty(await TextsAsync(job));
        Assert.Equal(["b"], await TextsAsync(kept));
    }

    [SkippableFact]
    public async Task Log_OfAJobThatAnotherProgramDeletes_GoesToo()
    {
        var job = await Store.AddAsync(Jobs.New() with { Tags = ["red"] });
        await Store.AppendLogAsync([Line(job, 1, 0, "a")]);

        await Harness.ExecuteAsync("DELETE FROM jobs");

        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_log"));
        Assert.Equal(0, await Harness.ReadAsync("SELECT count(*) FROM job_tags"));
    }

    [SkippableFact]
    public async Task Log_OfWhatIsNoText_IsStoredAllTheSame()
    {
        var job = await Store.AddAsync(Jobs.New());

        await Store.AppendLogAsync([Line(job, 1, 0, "a\0b\uD800c \U0001F600"), Line(job, 1, 1, "")]);

        Assert.Equal(["a\uFFFDb\uFFFDc \U0001F600", ""], await TextsAsync(job));
    }

    private static LoggedLine Line(JobRecord job, long leaseToken, int line, string text) =>
        new(job.Id, new JobLogLine(LoggedLine.SequenceOf(leaseToken, line), Jobs.Now, 1, LogLevel.Information, text));

    private async Task<IEnumerable<string>> TextsAsync(JobRecord job) => (await Store.ReadLogAsync(job.Id, 0, 1_000)).Select(line => line.Text);
}
