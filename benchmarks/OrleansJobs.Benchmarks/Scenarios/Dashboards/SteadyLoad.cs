namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>Jobs without a break, until it is disposed of: each submitter submits the next when the grid has answered the one before.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    /// <summary>Jobs of a trickle, in a second.</summary>
    public const int TrickleRate = 10;

    private const int Submitters = 64;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _submitters;

    private SteadyLoad(IJobClient client, int submitters, TimeSpan pause) =>
        _submitters = Task.WhenAll(Enumerable.Range(0, submitters).Select(_ => Task.Run(() => SubmitAsync(client, pause, _stop.Token))));

    /// <summary>As many as the grid takes.</summary>
    public static SteadyLoad Start(IJobClient client) => new(client, Submitters, TimeSpan.Zero);

    /// <summary>So few that the grid is nearly idle, and yet has news all the time.</summary>
    public static SteadyLoad Trickle(IJobClient client) => new(client, submitters: 1, TimeSpan.FromSeconds(1.0 / TrickleRate));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _submitters;
        _stop.Dispose();
    }

    private static async Task SubmitAsync(IJobClient client, TimeSpan pause, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await client.SubmitAsync(NoopHandler.JobClass, NoopPayload.Standard, cancellationToken: CancellationToken.None);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, CancellationToken.None);
            }
        }
    }
}
