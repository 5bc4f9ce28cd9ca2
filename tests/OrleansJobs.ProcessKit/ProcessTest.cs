using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>A test on real processes of a host.</summary>
[Collection(Processes)]
[Trait("Category", "Slow")]
public abstract class ProcessTest(HostProgram program, SharedPostgres postgres, ITestOutputHelper output)
{
    /// <summary>Every project that starts hosts defines this collection, so that its tests share a PostgreSQL server.</summary>
    public const string Processes = "processes";

    internal HostProgram Program => program;

    internal SharedPostgres Postgres => postgres;

    internal ITestOutputHelper Output => output;

    internal Task OnGridAsync(StoreKind store, Func<TestGrid, Task> test) => TestGrid.RunAsync(program, store, postgres, output, test);

    /// <summary>Shows a figure in the test's output and on the console.</summary>
    protected void Say(string text)
    {
        output.WriteLine(text);
        Console.WriteLine(text);
    }
}
