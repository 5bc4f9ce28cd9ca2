using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios.Storage;

/// <summary>Fills a store with open jobs of one class, spread over tenants in turn; every tenth tenant has the weight 3, the others 1.</summary>
internal static class BacklogFill
{
    public const string JobClass = "backlog";
    public const int Tenants = 10_000;
    private const int Batch = 10_000;
    private const int BatchesAtOnce = 2;
    private static readonly byte[] Payload = [.. Enumerable.Repeat((byte)'x', 64)];
    private static readonly DateTimeOffset SubmittedAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The class's settings, with the tenants' weights.</summary>
    public static JobClassSettings Settings { get; } = new()
    {
        TenantWeights = Enumerable.Range(0, Tenants / 10).ToDictionary(tenant => Name(tenant * 10), _ => 3),
    };

    public static async Task FillAsync(IJobStore store, int jobs)
    {
        var underWay = new Queue<Task>();
        for (var first = 0; first < jobs; first += Batch)
        {
            underWay.Enqueue(store.InsertAllAsync([.. Enumerable.Range(first, Math.Min(Batch, jobs - first)).Select(Job)]));
            if (underWay.Count == BatchesAtOnce)
            {
                await underWay.Dequeue();
            }
        }

        await Task.WhenAll(underWay);
    }

    private static JobRecord Job(int number)
    {
        var submittedAt = SubmittedAt.AddMilliseconds(number);
        return new JobRecord
        {
            Id = JobId.New(submittedAt), JobClass = JobClass, Tenant = Name(number % Tenants), Payload = Payload, State = JobState.Queued,
            SubmittedAt = submittedAt, DueAt = submittedAt, MaxAttempts = 10,
        };
    }

    private static string Name(int tenant) => $"tenant-{tenant:00000}";
}
