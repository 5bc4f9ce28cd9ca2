using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.TestKit.Ports;

/// <summary>A store of logs in memory whose calls can be made to fail or to wait.</summary>
public sealed class InMemoryJobLog : IJobLogPort
{
    private readonly Lock _gate = new();
    private readonly List<IReadOnlyList<LoggedLine>> _batches = [];
    private readonly SemaphoreSlim _written = new(0);

    /// <summary>Called before lines are taken; may throw.</summary>
    public Func<Task> OnWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Calls so far, those that failed too.</summary>
    public int Calls { get; private set; }

    /// <summary>The calls that were taken, in order.</summary>
    public IReadOnlyList<IReadOnlyList<LoggedLine>> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>All lines, in the order in which they came.</summary>
    public IReadOnlyList<LoggedLine> Lines => [.. Batches.SelectMany(batch => batch)];

    public async Task WriteAsync(IReadOnlyList<LoggedLine> lines)
    {
        Calls++;
        await OnWrite();
        lock (_gate)
        {
            _batches.Add(lines);
        }

        _written.Release();
    }

    /// <summary>Ends when one more call has been taken.</summary>
    public Task WhenWrittenAsync() => _written.WaitAsync(TimeSpan.FromSeconds(30));
}
