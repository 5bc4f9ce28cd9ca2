using System.Threading.Channels;
using LearningPlatform.Demo.Folder;
using LearningPlatform.Demo.Grid;
using LearningPlatform.Demo.Report;
using OrleansJobs;
using OrleansJobs.GridClient;
using Spectre.Console;

namespace LearningPlatform.Demo;

/// <summary>One run: submits, follows and checks at the same time, then says what came out.</summary>
internal sealed class DemoRun(DemoOptions options, IAnsiConsole console, TimeProvider time, HttpMessageHandler wire)
{
    private const int UncheckedJobs = 256;
    private const int ChecksAtOnce = 2;

    private readonly Tally _tally = new();
    private readonly WordPicker _words = new();
    private readonly Channel<JobSnapshot> _unchecked = Channel.CreateBounded<JobSnapshot>(UncheckedJobs);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var grid = new GridApi(options.Url, key: null, wire);
        using var open = new OpenJobs();
        var api = new PatientGrid(grid, time);
        await RequireClassesAsync(api, cancellationToken);

        var start = time.GetTimestamp();
        var scan = new FolderScan(options.Folder, options.Data, time.GetUtcNow());
        var outputs = new OutputCheck(options, _tally, _words);
        var work = WorkAsync(api, open, scan, outputs, cancellationToken);
        await new LiveView(console, time, _tally, options.Plain).ShowAsync(work);
        await work;

        var summary = new Summary(console, _tally, outputs);
        summary.PrintJobs(_tally.Classes[0].FoundCount, scan.Skipped, time.GetElapsedTime(start));
        summary.PrintOutputs();
        await summary.PrintQueryAsync(_words.Word, cancellationToken);
        summary.PrintFaults();
        return _tally.FaultCount == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task RequireClassesAsync(PatientGrid api, CancellationToken cancellationToken)
    {
        var missing = JobClasses.All.Except(await api.GetClassesAsync(cancellationToken)).ToArray();
        if (missing.Length > 0)
            throw new InvalidRequestException($"The grid does not run the learning platform: it has no class {string.Join(", ", missing)}.");
    }

    private async Task WorkAsync(PatientGrid api, OpenJobs open, FolderScan scan, OutputCheck outputs, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ends = await Task.WhenAll(JobClasses.All.Select(jobClass => api.FindEndOfResultsAsync(jobClass, stop.Token)));
        var checks = Enumerable.Range(0, ChecksAtOnce).Select(_ => CheckAsync(outputs, stop.Token)).ToArray();
        var followers = JobClasses.All.Zip(ends, (jobClass, end) => FollowAsync(api, open, jobClass, end, stop.Token)).ToArray();
        var submits = SubmitAsync(api, open, scan, stop.Token);
        try
        {
            // A follower and a check end by themselves only when they fail; the submits wait for them, so they would never end then.
            await await Task.WhenAny([submits, .. followers, .. checks]);
            _unchecked.Writer.Complete();
            await Task.WhenAll(checks);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll([submits, .. followers, .. checks]).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task SubmitAsync(PatientGrid api, OpenJobs open, FolderScan scan, CancellationToken cancellationToken)
    {
        // Reading a folder takes no await, so without this the bars would not show before its first jobs are submitted.
        await Task.Yield();
        await new Submitter(api, open, _tally, job => FinishAsync(open, job, cancellationToken)).SubmitAsync(scan.Files(), cancellationToken);
        await open.WaitForAtMostAsync(0, cancellationToken);
    }

    private Task FollowAsync(PatientGrid api, OpenJobs open, string jobClass, long end, CancellationToken cancellationToken) => new ResultsFollower(
        api,
        open,
        jobClass,
        job => FinishAsync(open, job, cancellationToken),
        reason => _tally.Of(jobClass).WaitsFor = reason).FollowAsync(end, cancellationToken);

    private async Task FinishAsync(OpenJobs open, JobSnapshot job, CancellationToken cancellationToken)
    {
        if (!open.TryTake(job.Id))
            return;

        _tally.Of(job.JobClass).Ended(job);
        if (job.State == JobState.Succeeded)
            await _unchecked.Writer.WriteAsync(job, cancellationToken);
        else
            _tally.Fault($"{job.JobClass} job {job.Id} is {job.State}: {job.LastError?.Message}");
        open.FreePlace();
    }

    private async Task CheckAsync(OutputCheck outputs, CancellationToken cancellationToken)
    {
        await foreach (var job in _unchecked.Reader.ReadAllAsync(cancellationToken))
            await outputs.CheckAsync(job, cancellationToken);
    }
}
