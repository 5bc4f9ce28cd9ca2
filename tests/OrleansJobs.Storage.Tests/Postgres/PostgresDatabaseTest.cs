using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>The base of tests on a database of their own, whose stores they open themselves.</summary>
public abstract class PostgresDatabaseTest : IAsyncLifetime
{
    private PostgresHarness? _harness;

    private protected PostgresHarness Harness => _harness!;

    public virtual async Task InitializeAsync() => _harness = await PostgresHarness.MakeAsync();

    public virtual async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }
}
