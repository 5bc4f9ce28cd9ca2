using OrleansJobs;

namespace LearningPlatform.Demo.Grid;

/// <summary>Follows the results queue of a class: one call for hundreds of jobs, instead of one for each.</summary>
internal sealed class ResultsFollower(PatientGrid api, OpenJobs open, string jobClass, Func<JobSnapshot, Task> finished, Action<string?> stalled)
{
    private const int PageSize = 500;
    private const int LookupsWhenStalled = 20;

    /// <summary>Follows the queue from a place until it is stopped.</summary>
    public async Task FollowAsync(long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await api.ReadResultsAsync(jobClass, after, PageSize, cancellationToken);
            foreach (var entry in page)
            {
                after = entry.Sequence;
                await finished(entry.Job);
            }

            stalled(page.Count > 0 ? null : await LookIntoAsync(cancellationToken));
        }
    }

    /// <summary>Nothing has ended for a while: what do the jobs wait for? One that was retried by hand may also have ended unseen.</summary>
    private async Task<string?> LookIntoAsync(CancellationToken cancellationToken)
    {
        var some = open.SomeOf(jobClass, LookupsWhenStalled);
        foreach (var id in some)
        {
            if (await api.FindAsync(id, cancellationToken) is { } job && job.State.IsTerminal())
                await finished(job);
        }

        return some.Count == 0 ? null : await api.ExplainAsync(some[0], cancellationToken);
    }
}
