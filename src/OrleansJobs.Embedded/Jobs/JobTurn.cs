using OrleansJobs.Engine.Jobs;

namespace OrleansJobs.Embedded.Jobs;

/// <summary>The right to work on a job alone; ends when it is disposed of, once.</summary>
internal readonly struct JobTurn(JobTable table, CachedJob job) : IDisposable
{
    public JobCell Cell => job.Cell;

    public void Dispose() => table.Leave(job);
}
