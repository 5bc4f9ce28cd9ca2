using System.Reflection;

namespace OrleansJobs.Dashboard.Tests.Support;

/// <summary>A monitor that has the logs of jobs and nothing else.</summary>
public class LogMonitor : DispatchProxy
{
    private readonly List<JobLogLine> _lines = [];

    public static IGridMonitor Of(params IEnumerable<JobLogLine> lines)
    {
        var monitor = Create<IGridMonitor, LogMonitor>();
        ((LogMonitor)(object)monitor)._lines.AddRange(lines);
        return monitor;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod?.Name, args) switch
    {
        (nameof(IGridMonitor.ReadLogAsync), [JobId, long after, int limit, CancellationToken]) =>
            Task.FromResult<IReadOnlyList<JobLogLine>>([.. _lines.Where(line => line.Sequence > after).Take(limit)]),
        _ => throw new NotSupportedException(targetMethod?.Name),
    };
}
