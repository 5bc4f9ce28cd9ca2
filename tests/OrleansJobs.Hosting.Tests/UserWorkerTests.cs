using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Hosting.Tests;

/// <summary>A user's own application without HTTP.</summary>
public sealed class UserWorkerTests(SharedPostgres postgres, ITestOutputHelper output) : RefusalTest(HostProgram.UserWorker, postgres, output)
{
    [SkippableFact]
    public Task HttpSettings_AreRefused_ForThereIsNoHttp() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var said = await RefusedAsync(grid, grid.Settings("--JobGrid:Http:Url=http://127.0.0.1:1", "--JobGrid:Classes:email:MaxLocalWorkers=0"));
        Assert.Contains("JobGrid:Http is not a setting", said);
        Assert.Contains("email.MaxLocalWorkers is 0; allowed is 1 to 10000", said);
    });

    [SkippableFact]
    public Task Store_ThatCannotBeMade_IsNamed() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var missing = Path.Combine(grid.Folder, "no", "such", "jobs.db");
        Assert.Contains(missing, await RefusedAsync(grid, grid.Settings() with { Store = HostSettings.Sqlite(missing) }));
    });

    [SkippableFact]
    public Task Termination_EndsIt_WithoutAnError() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var host = grid.Launch(grid.Settings());
        await Clock.UntilAsync("the worker started", TimeSpan.FromSeconds(60), () => host.Output().Contains("Application started.", StringComparison.Ordinal));
        await host.TerminateAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(0, host.ExitCode);
    });
}
