using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Tests on one open store in a database of their own.</summary>
public abstract class PostgresTest : IAsyncLifetime
{
    private PostgresHarness? _harness;
    private IJobStore? _store;

    private protected PostgresHarness Harness => _harness!;

    private protected IJobStore Store => _store!;

    public async Task InitializeAsync()
    {
        _harness = await PostgresHarness.MakeAsync();
        _store = await _harness.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }
}
