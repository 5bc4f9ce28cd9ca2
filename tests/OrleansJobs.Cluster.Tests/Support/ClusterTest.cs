using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests.Support;

/// <summary>A test on a grid of real processes.</summary>
[Collection(Name)]
[Trait("Category", "Slow")]
public abstract class ClusterTest(SharedPostgres postgres, ITestOutputHelper output)
{
    internal const string Name = "grids of processes";

    internal SharedPostgres Postgres => postgres;

    internal ITestOutputHelper Output => output;

    internal Task OnGridAsync(StoreKind store, Func<TestGrid, Task> test) => TestGrid.RunAsync(store, postgres, output, test);

    /// <summary>Shows a figure in the test's output and on the console.</summary>
    protected void Say(string text)
    {
        output.WriteLine(text);
        Console.WriteLine(text);
    }

    [CollectionDefinition(Name)]
    public sealed class Collection : ICollectionFixture<SharedPostgres>;
}
