using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.TestKit;

/// <summary>Fills stores.</summary>
public static class StoreInserts
{
    /// <summary>Inserts jobs at once, so that they go in groups; each is answered for itself, in order.</summary>
    public static async Task<IReadOnlyList<InsertOutcome>> InsertAllAsync(this IJobStore store, IEnumerable<JobRecord> jobs) =>
        await Task.WhenAll(jobs.Select(store.InsertAsync));
}
