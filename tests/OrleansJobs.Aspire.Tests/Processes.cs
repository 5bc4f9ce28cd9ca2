using OrleansJobs.ProcessKit;

namespace OrleansJobs.Aspire.Tests;

[CollectionDefinition(ProcessTest.Processes)]
public sealed class Processes : ICollectionFixture<SharedPostgres>;
