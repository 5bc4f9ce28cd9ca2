using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The dashboard of a silo.</summary>
public sealed class DashboardTests(SharedPostgres postgres, ITestOutputHelper output) : DashboardSuite(HostProgram.Silo, postgres, output)
{
    protected override string OnGrainsPage => "DispatcherGrain";
}
