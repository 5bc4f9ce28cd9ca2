namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>Tests on one open store in a database of their own.</summary>
public abstract class PostgresTest : PostgresDatabaseTest
{
    private IJobStore? _store;

    private protected IJobStore Store => _store!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _store = await Harness.OpenAsync();
    }
}
