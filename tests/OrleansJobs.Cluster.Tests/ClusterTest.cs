using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>A test on a grid of silos, each a process.</summary>
public abstract class ClusterTest(SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(HostProgram.Silo, postgres, output);
