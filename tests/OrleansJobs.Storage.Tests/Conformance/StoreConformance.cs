using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

/// <summary>The base of what holds for every store; each kind of store derives from each part of it.</summary>
public abstract class StoreConformance : IAsyncLifetime
{
    private StoreHarness? _harness;
    private IJobStore? _store;

    protected StoreHarness Harness => _harness!;

    protected IJobStore Store => _store!;

    public async Task InitializeAsync()
    {
        _harness = await MakeHarnessAsync();
        _store = await _harness.OpenAsync();
    }

    public async Task DisposeAsync()
    {
        if (_harness is not null)
        {
            await _harness.DisposeAsync();
        }
    }

    protected abstract Task<StoreHarness> MakeHarnessAsync();
}
