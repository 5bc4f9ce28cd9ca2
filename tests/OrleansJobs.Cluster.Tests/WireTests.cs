using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>What dispatchers and jobs throw at callers on another silo arrives there: it breaks no connection, and nobody waits for a timeout.</summary>
public sealed class WireTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    [SkippableFact]
    public Task JobsOfAnotherSilo_SayThatTheStoreIsAway_AndTheirConnectionsHold() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        Skip.IfNot(grid.Server!.IsOwn, "The PostgreSQL server given to the tests cannot be stopped.");
        var silos = await grid.StartManyAsync(2, "--JobGrid:Classes:probe:MaxLocalWorkers=8");
        await silos[0].Http.SubmitAsync(Probes.Many(400, 100));
        await grid.WaitStartsAsync(20);
        await grid.Server.StopAsync();
        try
        {
            await Clock.LetRunAsync(Outage);
        }
        finally
        {
            await grid.Server.RestartAsync();
        }

        await silos[0].Http.WaitIdleAsync(TimeSpan.FromSeconds(60));
        Assert.All(silos, silo => Assert.DoesNotContain("find a codec", silo.Output(), StringComparison.Ordinal));
        grid.Effects().RequireOrder(Probes.MaxAttempts);
    });
}
