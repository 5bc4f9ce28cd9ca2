using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Embedded.Jobs;

/// <summary>Keeps a job in memory so that its changes are heard; ends when it is disposed of, once.</summary>
internal readonly struct JobHold(JobTable table, CachedJob job) : IDisposable
{
    public JobCell Cell => job.Cell;

    public void Dispose() => table.Release(job);
}
