namespace OrleansJobs.Grains.Silos;

/// <summary>The tables and queries of Orleans' AdoNet providers in the grid's database.</summary>
internal interface IOrleansTables
{
    /// <summary>Makes them what this version needs. Idempotent.</summary>
    Task ApplyAsync(CancellationToken cancellationToken);
}
