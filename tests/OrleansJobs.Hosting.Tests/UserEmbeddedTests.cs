using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Hosting.Tests;

/// <summary>A user's own application with the embedded engine that cannot start.</summary>
public sealed class UserEmbeddedTests(SharedPostgres postgres, ITestOutputHelper output) : BadStartSuite(HostProgram.UserEmbedded, postgres, output)
{
    [SkippableFact]
    public Task StoreInUse_IsRefused_WithTheNameOfItsHolder() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var holder = await grid.StartAsync();
        var said = await RefusedAsync(grid, grid.Settings());
        Assert.All(["OrleansJobs.UserHost cannot start:", "in use", $"{holder.Id}"], text => Assert.Contains(text, said));
        Assert.True(await holder.Http.IsReadyAsync());
    });
}
