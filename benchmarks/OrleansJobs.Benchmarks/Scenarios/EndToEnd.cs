using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Benchmarks.Reporting;

namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>
/// Submit, start and ack of no-op jobs with a 64-byte payload, each durable: 64 submitters, one call a job, while the pool runs. The figure
/// counts from the first submit until the last job has ended; half as many jobs warm the silo up before.
/// </summary>
internal sealed class EndToEnd(int jobs)
{
    private const int Submitters = 64;

    public async Task<Figure> RunAsync(IHost host)
    {
        var client = host.Services.GetRequiredService<IJobClient>();
        var finished = host.Services.GetRequiredService<NoopCounter>();
        await SubmitAsync(client, finished, jobs / 2);
        var cost = Cost.Begin();
        var watch = Stopwatch.StartNew();
        await SubmitAsync(client, finished, jobs);
        return new Figure(jobs / watch.Elapsed.TotalSeconds, cost(jobs));
    }

    private static async Task SubmitAsync(IJobClient client, NoopCounter finished, int count)
    {
        var before = await SucceededAsync(client);
        finished.Expect(count);
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, Submitters).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await client.SubmitAsync(NoopHandler.JobClass, NoopPayload.Standard);
            }
        })));
        await finished.AllRan;
        await AllAckedAsync(client, before + count);
    }

    private static async Task AllAckedAsync(IJobClient client, long expected)
    {
        while (await SucceededAsync(client) < expected)
        {
            await Task.Delay(2);
        }
    }

    private static async Task<long> SucceededAsync(IJobClient client) =>
        (await client.GetClassAsync(NoopHandler.JobClass)).Finished;
}
