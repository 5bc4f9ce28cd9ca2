using LearningPlatform.Demo.Folder;
using LearningPlatform.Demo.Report;
using OrleansJobs;
using OrleansJobs.Http;

namespace LearningPlatform.Demo.Grid;

/// <summary>Submits the jobs of files, as many at a time as there is room for.</summary>
internal sealed class Submitter(PatientGrid api, OpenJobs open, Tally tally, Func<JobSnapshot, Task> finished)
{
    private const int FilesPerCall = 200;
    private const int MaxOpenJobs = 6_000;
    private const int LookupsAtOnce = 8;

    /// <summary>Submits the jobs of all files; ends when the last is submitted.</summary>
    public async Task SubmitAsync(IEnumerable<DemoFile> files, CancellationToken cancellationToken)
    {
        foreach (var part in files.Chunk(FilesPerCall))
        {
            var jobs = part.SelectMany(FileJobs.Of).ToArray();
            await open.WaitForAtMostAsync(MaxOpenJobs - jobs.Length, cancellationToken);
            await SubmitAsync(jobs, cancellationToken);
        }
    }

    private async Task SubmitAsync(SubmitRequest[] jobs, CancellationToken cancellationToken)
    {
        // A job may end before the answer to its submit is here, so it is waited for from now on.
        foreach (var job in jobs)
        {
            open.Add(job.Id!.Value, job.JobClass!);
            tally.Of(job.JobClass!).Found();
        }

        var answers = await api.SubmitAsync(jobs, cancellationToken);
        var earlier = jobs.Zip(answers).Where(pair => !Accept(pair.First, pair.Second)).Select(pair => (pair.First.JobClass!, pair.Second.Id!.Value));
        await Parallel.ForEachAsync(
            earlier.ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken },
            async (job, token) => await LookUpAsync(job.Item1, job.Value, token));
    }

    /// <summary>False if an earlier run has submitted the job of that file, which is then to be looked up.</summary>
    private bool Accept(SubmitRequest job, SubmitAnswer answer)
    {
        var counts = tally.Of(job.JobClass!);
        switch (answer.Status)
        {
            case SubmitStatus.UniqueKeyTaken:
                open.Add(answer.Id!.Value, job.JobClass!);
                open.TryRemove(job.Id!.Value);
                counts.WasThere();
                return false;
            case SubmitStatus.Refused:
                open.TryRemove(job.Id!.Value);
                counts.Refused();
                tally.Fault($"{job.JobClass} job refused: {answer.Error?.Detail}");
                return true;
            default:
                counts.Submitted();
                return true;
        }
    }

    /// <summary>A job of an earlier run may have ended long before the end of the results queue that this run reads from.</summary>
    private async Task LookUpAsync(string jobClass, JobId id, CancellationToken cancellationToken)
    {
        if (await api.FindAsync(id, cancellationToken) is { } job)
        {
            if (job.State.IsTerminal())
                await finished(job);
        }
        else if (open.TryRemove(id))
        {
            tally.Of(jobClass).Lost();
            tally.Fault($"{jobClass} job {id} of an earlier run is gone: the grid has pruned it.");
        }
    }
}
