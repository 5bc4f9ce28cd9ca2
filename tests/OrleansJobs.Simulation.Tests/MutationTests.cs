using OrleansJobs.Simulation.Mutations;
using Xunit.Abstractions;

namespace OrleansJobs.Simulation.Tests;

/// <summary>The simulator has to be shown to find bugs: every mutation of the core and of the protocol is caught.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private static readonly MutantCompiler Compiler = new(MutantCompiler.FindRoot(AppContext.BaseDirectory));

    [Fact]
    public void EveryMutation_IsCaught()
    {
        var results = MutationTable.TryAll(AllMutations.List, Compiler);
        output.WriteLine(MutationTable.Heading);
        foreach (var result in results)
        {
            output.WriteLine(MutationTable.Row(result));
        }

        Assert.All(results, result => Assert.True(result.IsCaught, $"'{result.Mutation}' was not caught within {result.Seeds} seeds."));
    }

    [Theory]
    [InlineData("Limits/ConcurrencyLimit.cs", "no such text", "occurs 0 times")]
    [InlineData("Limits/ConcurrencyLimit.cs", "Max == 0", "occurs 2 times")]
    [InlineData("Limits/NoSuchFile.cs", "Max == 0", "there is no Limits/NoSuchFile.cs")]
    public void SnippetThatIsNotThere_IsNamed(string file, string snippet, string complaint)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Compiler.Compile(new CoreMutation("planted", file, snippet, "")));

        Assert.Contains(complaint, fault.Message, StringComparison.Ordinal);
        Assert.Contains("planted", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnmutatedCore_BreaksNothing()
    {
        var same = new CoreMutation("nothing", "Limits/ConcurrencyLimit.cs", "Max == 0 || running < Max", "Max == 0 || Max > running");

        var context = new MutantContext(Compiler.Compile(same));
        var probe = context.LoadSimulator().GetType(typeof(Probe).FullName!)!.GetMethod(nameof(Probe.Run))!;

        Assert.Null(probe.Invoke(null, [1UL, 20]));
    }
}
