using OrleansJobs.ProcessKit;

namespace OrleansJobs.EmbeddedHost.Tests;

/// <summary>The tests of this project share a PostgreSQL server.</summary>
[CollectionDefinition(ProcessTest.Processes)]
public sealed class Processes : ICollectionFixture<SharedPostgres>;
