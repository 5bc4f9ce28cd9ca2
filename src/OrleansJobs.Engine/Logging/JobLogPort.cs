using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Engine.Logging;

/// <summary>Puts what jobs log into the store.</summary>
internal sealed class JobLogPort(IJobStore store) : IJobLogPort
{
    public Task WriteAsync(IReadOnlyList<LoggedLine> lines) => store.AppendLogAsync(lines);
}
