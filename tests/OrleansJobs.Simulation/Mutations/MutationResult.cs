namespace OrleansJobs.Simulation.Mutations;

/// <summary>What became of a mutation.</summary>
/// <param name="Mutation">Its name.</param>
/// <param name="Checker">Who saw it; null if nobody did.</param>
/// <param name="Words">What was seen.</param>
/// <param name="Seeds">How many seeds were run.</param>
internal sealed record MutationResult(string Mutation, string? Checker, string? Words, int Seeds)
{
    public bool IsCaught => Checker is not null;

    public static MutationResult Missed(string mutation) => new(mutation, null, null, MutationTable.Budget);
}
