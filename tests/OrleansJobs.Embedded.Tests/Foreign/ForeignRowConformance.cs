using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Conformance;
using OrleansJobs.Storage;

namespace OrleansJobs.Embedded.Tests.Foreign;

/// <summary>
/// Every column with every odd value that it takes, beside good jobs: whatever is asked of such a row, and of others beside it, is answered;
/// the good jobs run; and the odd ones come to an end that says why.
/// </summary>
public abstract class ForeignRowConformance : GridConformance
{
    private const int GoodJobs = 20;
    private const int MaxVersion = 6;

    /// <summary>The rows to try.</summary>
    protected abstract IReadOnlyList<ForeignRow> Rows { get; }

    /// <summary>Runs SQL as another program would.</summary>
    protected abstract Task ExecuteAsync(string sql);

    /// <summary>Puts rows in as they were put in before the table had its guards.</summary>
    protected abstract Task ExecuteUnguardedAsync(IEnumerable<string> inserts);

    [SkippableFact]
    public async Task Table_RefusesWhatTheGridCannotWorkWith_AndNothingElse()
    {
        var wrong = new List<string>();
        foreach (var row in Rows)
        {
            var isTaken = await IsTakenAsync(row.Insert(ScriptedJob.Class, "guarded"));
            if (isTaken != row.IsTaken)
            {
                wrong.Add($"{row.Name}: {(isTaken ? "taken" : "refused")}");
            }
        }

        Assert.Empty(wrong);
    }

    [SkippableFact]
    public async Task OddRows_AreShown_CanBeCancelled_AndSpoilNothing()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await PutInAsync("cancel");

        var odd = await AllAsync();
        foreach (var job in odd)
        {
            // Bodies are not in listings, and so not what is odd about them.
            var isOdd = EndOf(job) is RowEnd.DeadLetter or RowEnd.StaysOdd;
            Assert.True(isOdd == ((await Jobs.FindAsync(job.Id))?.Oddity is not null), job.Tenant);
            Assert.True(isOdd || job.Oddity is null, job.Tenant);
            await Jobs.ExplainAsync(job.Id);
        }

        Assert.Contains(odd, job => job.Oddity is not null);
        await Jobs.ListAsync(new() { ErrorText = "boom" });
        await Jobs.ListAsync(new() { Tag = "1" });
        await Jobs.ListAsync(new() { State = JobState.Queued, JobClass = ScriptedJob.Class });
        foreach (var job in odd.Where(job => job.State.IsWaiting()))
        {
            Assert.Equal(JobState.Cancelled, (await Jobs.CancelAsync(job.Id)).State);
        }

        await Jobs.ResumeAsync(ScriptedJob.Class);
        await RestartAsync();
        await UntilAsync(OpenAsync, open => open.Length == 0);
        await PruneAsync();
        Assert.All(await AllAsync(), job => Assert.Equal(RowEnd.StaysOdd, EndOf(job)));
    }

    [SkippableFact]
    public async Task OddRows_ComeToTheirEnd_AndGoodJobsRun_AfterARebuild()
    {
        await Jobs.PauseAsync(ScriptedJob.Class);
        await PutInAsync("run");
        var good = await Task.WhenAll(Enumerable.Range(0, GoodJobs).Select(_ => SubmitAsync("good")));
        await Jobs.ResumeAsync(ScriptedJob.Class);
        await RestartAsync();

        foreach (var job in good)
        {
            Assert.Equal(JobState.Succeeded, (await EndOfAsync(Jobs.GetHandle(job.Id))).State);
        }

        await UntilAsync(OpenAsync, open => open.Length == 0);
        var odd = await AllAsync();
        Assert.Empty(odd.Where(job => !IsRight(job)).Select(job => $"{job.Tenant}: {job.State}, {job.LastError}, {job.Oddity}"));
        Assert.All(odd.Where(job => job.Version > 0), job => Assert.InRange(job.Version, 0, MaxVersion));
        await PruneAsync();
        Assert.All(await AllAsync(), job => Assert.True(EndOf(job) is RowEnd.Waits or RowEnd.StaysOdd, job.Tenant));
    }

    [SkippableFact]
    public async Task OddRows_ThatHaveEnded_CanBeDeleted()
    {
        await PutInAsync("delete");
        await RestartAsync();
        await UntilAsync(OpenAsync, open => open.Length == 0);
        var ended = (await AllAsync()).Where(job => job.State.IsTerminal()).ToList();
        Assert.Contains(ended, job => EndOf(job) == RowEnd.DeadLetter);
        Assert.Contains(ended, job => EndOf(job) == RowEnd.StaysOdd);

        foreach (var job in ended)
        {
            Assert.Equal(job.Id, (await Jobs.DeleteAsync(job.Id)).Id);
        }

        Assert.All(await AllAsync(), job => Assert.Equal(RowEnd.Waits, EndOf(job)));
        var counts = (await Jobs.GetClassAsync(ScriptedJob.Class)).Counts;
        Assert.Equal((0, 0, 0), (counts.Succeeded, counts.DeadLettered, counts.Cancelled));
    }

    private static bool IsRight(JobSnapshot job) => job.Tenant.Length == 0 || (job.State, job.LastError?.Type) switch
    {
        (JobState.Succeeded, _) => EndOfName(job) is "Runs" or "StaysOdd",
        (JobState.DeadLettered, JobError.InvalidRow) => EndOfName(job) == "DeadLetter",
        (JobState.DeadLettered, _) => EndOfName(job) == "Fails",
        _ => EndOfName(job) == "Waits",
    };

    private static string EndOfName(JobSnapshot job) => job.Tenant.Split(':')[1].Split('/')[0];

    private static RowEnd EndOf(JobSnapshot job) => job.Tenant.Length == 0 ? RowEnd.Runs : Enum.Parse<RowEnd>(EndOfName(job));

    private Task PutInAsync(string purpose) => ExecuteUnguardedAsync(
        Rows.Where(row => row.End != RowEnd.Refused).Select(row => (row with { Name = $"{row.End}/{row.Name}" }).Insert(ScriptedJob.Class, purpose)));

    private async Task<string> OpenAsync() => string.Join(
        ", ", (await AllAsync()).Where(job => !job.State.IsTerminal() && EndOf(job) != RowEnd.Waits).Select(job => $"{job.Tenant} is {job.State}"));

    private async Task<IReadOnlyList<JobSnapshot>> AllAsync() => (await Jobs.ListAsync(new() { JobClass = ScriptedJob.Class }, limit: JobLimits.MaxPageSize)).Jobs;

    private Task<int> PruneAsync() => Services.GetRequiredService<IJobStore>().PruneAsync(ScriptedJob.Class, DateTimeOffset.MaxValue, int.MaxValue);

    private async Task<bool> IsTakenAsync(string insert)
    {
        try
        {
            await ExecuteAsync(insert);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
