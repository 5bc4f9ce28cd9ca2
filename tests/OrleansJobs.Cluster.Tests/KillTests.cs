using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The only silo is killed, again and again.</summary>
public sealed class KillTests(SharedPostgres postgres, ITestOutputHelper output) : KillSuite(HostProgram.Silo, postgres, output)
{
    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public Task Kill_OfTheOnlySilo_ThreeTimes_LosesNothing(StoreKind store) => KillAsync(store, count: 2_000, kills: 3);
}
