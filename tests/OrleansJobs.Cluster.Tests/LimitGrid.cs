using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>Two silos on PostgreSQL that several tests use one after the other, each with the classes as they were at the start.</summary>
public sealed class LimitGrid : IDisposable
{
    private static readonly JobClassChange Initial = new()
    {
        MaxLocalWorkers = 32,
        MaxConcurrentJobs = 0,
        MaxConcurrentJobsPerTenant = 0,
        Rate = Rate.Unlimited,
        TenantWeights = new Dictionary<string, int>(StringComparer.Ordinal),
        Paused = false,
    };

    private TestGrid? _grid;
    private GridHttp? _http;

    internal async Task RunAsync(SharedPostgres postgres, ITestOutputHelper output, Func<TestGrid, GridHttp, Task> test)
    {
        _grid ??= await TestGrid.CreateAsync(HostProgram.Silo, StoreKind.Postgres, postgres);
        await _grid.WatchAsync(output, async () =>
        {
            _http ??= (await _grid.StartManyAsync(2))[0].Http;
            await _http.ChangeAsync(Initial);
            await _http.ChangeAsync(Initial, Probes.OtherClass);
            await test(_grid, _http);
        });
    }

    public void Dispose() => _grid?.Dispose();
}
