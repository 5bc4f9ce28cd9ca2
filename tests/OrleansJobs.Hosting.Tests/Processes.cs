using OrleansJobs.ProcessKit;

namespace OrleansJobs.Hosting.Tests;

/// <summary>The tests of this project share a PostgreSQL server.</summary>
[CollectionDefinition(ProcessTest.Processes)]
public sealed class Processes : ICollectionFixture<SharedPostgres>;
