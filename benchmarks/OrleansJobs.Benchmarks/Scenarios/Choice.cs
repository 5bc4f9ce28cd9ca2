namespace OrleansJobs.Benchmarks.Scenarios;

/// <summary>Which scenarios to run.</summary>
/// <param name="Names">By their names.</param>
/// <param name="Engine">Only on this engine; null for every one.</param>
/// <param name="Store">Only on this store; null for every one.</param>
internal sealed record Choice(IReadOnlyCollection<string> Names, string? Engine, string? Store)
{
    public bool Includes(Scenario scenario) =>
        Names.Contains(scenario.Name) && (Engine ?? scenario.Engine) == scenario.Engine && (Store ?? scenario.Store) == scenario.Store;
}
