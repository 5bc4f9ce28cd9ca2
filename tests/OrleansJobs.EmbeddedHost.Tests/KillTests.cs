using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>An embedded grid is killed, again and again.</summary>
public sealed class KillTests(SharedPostgres postgres, ITestOutputHelper output) : KillSuite(HostProgram.Embedded, postgres, output)
{
    [SkippableTheory]
    [InlineData(StoreKind.Sqlite, 10_000, 20)]
    [InlineData(StoreKind.Postgres, 1_000, 3)]
    public Task Kill_AgainAndAgain_LosesNothing(StoreKind store, int jobs, int kills) => KillAsync(store, jobs, kills);
}
