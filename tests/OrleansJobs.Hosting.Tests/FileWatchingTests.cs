using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;

namespace OrleansJobs.Hosting.Tests;

public sealed class FileWatchingTests
{
    /// <summary>The system's watches may run out at any time, and what .NET throws then ends the process.</summary>
    [Fact]
    public async Task Host_WatchesItsSettingsWithoutTheSystemsHelp()
    {
        PhysicalFileProvider? files = null;
        await JobHost.RunAsync(() =>
        {
            files = (PhysicalFileProvider)new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).GetFileProvider();
            throw new InvalidOperationException("enough was seen");
        });

        using (files)
        {
            Assert.True(files!.UsePollingFileWatcher);
        }
    }
}
