using OrleansJobs.ProcessKit;
using Xunit.Abstractions;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>An embedded grid is asked to leave while jobs run.</summary>
public sealed class DrainTests(SharedPostgres postgres, ITestOutputHelper output) : DrainSuite(HostProgram.Embedded, postgres, output);
