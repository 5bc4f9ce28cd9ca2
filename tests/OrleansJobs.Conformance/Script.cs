using System.Collections.Concurrent;

namespace OrleansJobs.Conformance;

/// <summary>
/// What jobs do, by name, and what was seen of them. A job without a part succeeds at once. A held job runs until it is released or told
/// to stop.
/// </summary>
public sealed class Script
{
    private readonly ConcurrentDictionary<string, Func<JobContext, Task<JobResult>>> _parts = new();
    private readonly ConcurrentDictionary<string, Gate> _gates = new();
    private int _running;
    private int _mostRunning;

    /// <summary>Every attempt in the order in which they started.</summary>
    public ConcurrentQueue<Run> Runs { get; } = new();

    /// <summary>The most attempts that ran at once.</summary>
    public int MostRunning => Volatile.Read(ref _mostRunning);

    /// <summary>Gives a job its part.</summary>
    public void On(string name, Func<JobContext, Task<JobResult>> part) => _parts[name] = part;

    /// <summary>Gives a job its part.</summary>
    public void On(string name, Func<JobContext, JobResult> part) => On(name, context => Task.FromResult(part(context)));

    /// <summary>Has a job run until it is released or told to stop.</summary>
    public Gate Hold(string name)
    {
        var gate = _gates.GetOrAdd(name, _ => new Gate());
        On(name, async context =>
        {
            gate.Entered(context);
            await gate.Released.WaitAsync(context.CancellationToken);
            return JobResult.Done;
        });
        return gate;
    }

    /// <summary>Has a job run until it is released, whatever it is told.</summary>
    public Gate HoldDeaf(string name)
    {
        var gate = _gates.GetOrAdd(name, _ => new Gate());
        On(name, async context =>
        {
            gate.Entered(context);
            await gate.Released;
            return JobResult.Done;
        });
        return gate;
    }

    /// <summary>Lets everything go that is held.</summary>
    public void ReleaseAll()
    {
        foreach (var gate in _gates.Values)
        {
            gate.Release();
        }
    }

    /// <summary>Plays a job's part.</summary>
    public async Task<JobResult> PlayAsync(string name, JobContext context)
    {
        Runs.Enqueue(new Run(name, context.Attempt, context.LeaseToken));
        Note(Interlocked.Increment(ref _running));
        try
        {
            return _parts.TryGetValue(name, out var part) ? await part(context) : JobResult.Done;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private void Note(int running)
    {
        var most = _mostRunning;
        while (running > most)
        {
            most = Interlocked.CompareExchange(ref _mostRunning, running, most);
        }
    }
}
