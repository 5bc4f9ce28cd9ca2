namespace OrleansJobs.Grains.Silos;

/// <summary>A silo's own word on itself, keyed by its name; it is active on no other silo.</summary>
[Alias("orleansjobs.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>The silo as it is now.</summary>
    [Alias("status"), ResponseTimeout("00:00:10")]
    Task<SiloOverview> GetStatusAsync();

    /// <summary>Tells that a job was found to have ended these silos.</summary>
    [Alias("explain"), ResponseTimeout("00:00:10")]
    Task ExplainAsync(string[] silos);

    /// <summary>Has the silo take no more jobs.</summary>
    [Alias("drain")]
    Task DrainAsync();
}
