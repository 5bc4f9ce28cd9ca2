using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>The history by jobs: what was written of each, in order.</summary>
internal static class JobStories
{
    /// <summary>Walks through the writes, each with the row before it (null for the first).</summary>
    public static IEnumerable<(Stored Write, JobRecord? Before)> Writes(Run run)
    {
        var rows = new Dictionary<JobId, JobRecord>();
        foreach (var happened in run.History)
        {
            if (happened is Stored write)
            {
                yield return (write, rows.GetValueOrDefault(write.Row.Id));
                rows[write.Row.Id] = write.Row;
            }
            else if (happened is Deleted deleted)
            {
                rows.Remove(deleted.Row.Id);
            }
        }
    }
}
