using OrleansJobs.ProcessKit;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The tests of this project share a PostgreSQL server.</summary>
[CollectionDefinition(ProcessTest.Processes)]
public sealed class Processes : ICollectionFixture<SharedPostgres>;
