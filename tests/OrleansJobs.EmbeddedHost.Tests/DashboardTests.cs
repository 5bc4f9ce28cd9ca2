using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>The dashboard of the embedded host.</summary>
public sealed class DashboardTests(SharedPostgres postgres, ITestOutputHelper output) : DashboardSuite(HostProgram.Embedded, postgres, output)
{
    protected override string OnGrainsPage => "This engine has no grains";
}
