namespace OrleansJobs.Silo.Probes;

/// <summary>Settings of the probe class.</summary>
/// <param name="EffectsDirectory">Where each process writes a file with a line for each start and end of a probe; null for nowhere.</param>
internal sealed record ProbeOptions(string? EffectsDirectory)
{
    public static ProbeOptions Read(IConfiguration configuration) => new(configuration["JobGrid:Probe:EffectsDirectory"]);
}
