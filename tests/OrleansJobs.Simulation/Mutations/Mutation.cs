using OrleansJobs.Simulation.Shell;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>A deliberate fault, which the checkers have to see.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
internal abstract record Mutation(string Name)
{
    /// <summary>The first seed that is tried.</summary>
    public ulong FirstSeed { get; init; } = 1;
}

/// <summary>A fault in the source of the core.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">The source file, below <c>src/OrleansJobs.Core</c>.</param>
/// <param name="Original">A snippet of it that occurs exactly once.</param>
/// <param name="Mutated">What stands there instead.</param>
internal sealed record CoreMutation(string Name, string File, string Original, string Mutated) : Mutation(Name);

/// <summary>A fault in what the shell does.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Protocol">The shell's switches.</param>
internal sealed record ProtocolMutation(string Name, Protocol Protocol) : Mutation(Name);
