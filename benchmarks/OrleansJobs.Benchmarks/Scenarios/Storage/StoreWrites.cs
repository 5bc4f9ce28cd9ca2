using System.Diagnostics;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>
/// The three writes of a job that goes well (submit, start, ack) with a 64-byte payload, straight against the store: so many writers, each
/// with one write under way. A quarter as many jobs warm the store up before.
/// </summary>
internal sealed class StoreWrites(int jobs, int writers)
{
    private static readonly byte[] Payload = [.. Enumerable.Repeat((byte)'x', 64)];

    /// <summary>Jobs a second.</summary>
    public async Task<double> RunAsync(IJobStore store)
    {
        await store.InitializeAsync();
        await WriteAsync(store, jobs / 4);
        var watch = Stopwatch.StartNew();
        await WriteAsync(store, jobs);
        return jobs / watch.Elapsed.TotalSeconds;
    }

    private Task WriteAsync(IJobStore store, int count)
    {
        var left = count;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await WriteJobAsync(store);
            }
        })));
    }

    private static async Task WriteJobAsync(IJobStore store)
    {
        var now = DateTimeOffset.UtcNow;
        var queued = new JobRecord
        {
            Id = JobId.New(now), JobClass = "noop", Payload = Payload, State = JobState.Queued, SubmittedAt = now, DueAt = now, MaxAttempts = 10,
        };
        await store.InsertAsync(queued);
        var running = queued with
        {
            Version = 2, State = JobState.Running, Attempt = 1, LeaseToken = 1, Silo = "bench", StartedAt = DateTimeOffset.UtcNow,
        };
        Require(await store.UpdateAsync(running, JobState.Queued));
        Require(await store.UpdateAsync(
            running with { Version = 3, State = JobState.Succeeded, FinishedAt = DateTimeOffset.UtcNow }, JobState.Running));
    }

    private static void Require(bool written)
    {
        if (!written)
        {
            throw new InvalidOperationException("The store refused a write that nobody else could have made.");
        }
    }
}
