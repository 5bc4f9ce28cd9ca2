using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>What happens to writes when the server stops, crashes and comes back. Each test has a durable server of its own.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private PostgresServer? _server;
    private PostgresHarness? _harness;

    public async Task InitializeAsync()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        _server = await PostgresServer.StartAsync();
        Skip.IfNot(_server.IsOwn, "The given server cannot be stopped.");
        _harness = await PostgresHarness.MakeAsync(_server);
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Outage_AmidWrites_LosesNothingAnsweredAndDoublesNothing(bool crash)
    {
        var store = await _harness!.OpenAsync();
        var ended = new List<JobRecord>();
        var unclear = 0;
        using var stop = new CancellationTokenSource();
        var firstAnswers = new TaskCompletionSource();
        var lanes = Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    // Success has to be true here: nobody else writes these jobs, so a refusal would be an own write mistaken for another's.
                    var job = await store.AddEndedAsync(Jobs.New() with { UniqueKey = $"{Guid.NewGuid()}" });
                    lock (ended)
                    {
                        ended.Add(job);
                        if (ended.Count == 200)
                        {
                            firstAnswers.TrySetResult();
                        }
                    }
                }
                catch (GridUnavailableException)
                {
                    Interlocked.Increment(ref unclear);
                }
            }
        })).ToList();
        await firstAnswers.Task;

        for (var i = 0; i < 3; i++)
        {
            await (crash ? _server!.KillAsync() : _server!.StopAsync());
            await _server!.RestartAsync();
            var seen = Volatile.Read(ref unclear) + CountEnded(ended);
            await UntilAsync(() => unclear + CountEnded(ended) >= seen + 100);
        }

        await stop.CancelAsync();
        await Task.WhenAll(lanes);

        var queue = await store.ReadFinishedAsync("email", 0, int.MaxValue);
        Assert.Empty(ended.Select(job => job.Id).Except(queue.Select(entry => entry.Job.Id)));
        Assert.Equal(queue.Count, queue.Select(entry => entry.Sequence).Distinct().Count());
        foreach (var state in Enum.GetValues<JobState>())
        {
            var there = await _harness.ReadAsync($"SELECT count(*) FROM jobs WHERE state = {(int)state}");
            Assert.Equal((state, there), (state, (await store.CountAsync())["email"][state]));
        }
    }

    [SkippableFact]
    public async Task Outage_ThatLasts_FailsClearlyAndEndsWithTheServersReturn()
    {
        await using var store = PostgresHarness.Create(
            _harness!.Options with { MaxRetries = 2, RetryDelay = TimeSpan.FromMilliseconds(5) });
        await store.InitializeAsync();
        var job = await store.AddAsync(Jobs.New());
        await _server!.StopAsync();

        var write = await Assert.ThrowsAsync<GridUnavailableException>(() => store.UpdateAsync(job.Start(), JobState.Queued));
        var read = await Assert.ThrowsAsync<GridUnavailableException>(() => store.FindAsync(job.Id));
        Assert.Contains("127.0.0.1", write.Message);
        Assert.Contains("does not answer", read.Message);

        await _server.RestartAsync();

        await store.WriteAsync(job, job.Start());
    }

    [SkippableFact]
    public async Task Outage_OfTheListener_StartsAnew()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var store = await _harness!.OpenAsync();
        await using var watch = store.WatchForeignInsertsAsync(timeout.Token).GetAsyncEnumerator(timeout.Token);
        Assert.True(await watch.MoveNextAsync());

        await _server!.KillAsync();
        await _server.RestartAsync();

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("", watch.Current);
        await _harness.ExecuteAsync("INSERT INTO jobs (class) VALUES ('email')");
        Assert.True(await watch.MoveNextAsync());
        Assert.Equal("email", watch.Current);
    }

    [SkippableFact]
    public async Task Initialize_WithNoServer_NamesTheHostButNoPassword()
    {
        await _server!.StopAsync();
        await using var store = PostgresHarness.Create(new(_harness!.ConnectionString + ";Password=secret-word"));

        var error = await Assert.ThrowsAsync<GridUnavailableException>(() => store.InitializeAsync());

        Assert.Contains("127.0.0.1", error.Message);
        Assert.DoesNotContain("secret-word", error.ToString());
        await _server.RestartAsync();
    }

    private static int CountEnded(List<JobRecord> ended)
    {
        lock (ended)
        {
            return ended.Count;
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
