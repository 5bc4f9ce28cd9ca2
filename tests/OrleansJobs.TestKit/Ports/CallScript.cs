using System.Collections.Concurrent;

namespace OrleansJobs.TestKit.Ports;

/// <summary>What goes wrong with the coming calls of one method of a port.</summary>
public sealed class CallScript
{
    private readonly ConcurrentQueue<CallFault> _faults = new();
    private readonly Counter _calls = new();

    /// <summary>While set, every call fails so.</summary>
    public CallFault? Always { get; set; }

    /// <summary>Holds calls up, after their effect, until it completes.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Calls so far.</summary>
    public int Calls => _calls.Value;

    /// <summary>Lets the next call fail so; queued behind those already asked for.</summary>
    public void FailNext(CallFault fault) => _faults.Enqueue(fault);

    /// <summary>Completes once there were so many calls.</summary>
    public Task WhenCallsAsync(int count) => _calls.WhenAsync(count);

    public async Task<T> RunAsync<T>(Func<T> effect)
    {
        _calls.Increment();
        CallFault? fault = _faults.TryDequeue(out var next) ? next : Always;
        if (fault == CallFault.BeforeEffect)
        {
            throw new GridUnavailableException("The request was lost (scripted).");
        }

        var answer = effect();
        await Gate;
        return fault is null ? answer : throw new GridUnavailableException("The answer was lost (scripted).");
    }
}
