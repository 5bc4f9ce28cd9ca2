namespace OrleansJobs.Grains.Pools;

/// <summary>How many activations a pool's grain type may have on a silo.</summary>
internal static class PoolBound
{
    /// <summary>Activations for each permit: a finished call leaves its activation a moment after its answer, and the next must not wait.</summary>
    private const int ActivationsPerPermit = 2;

    public static int Of(JobClassOptions options) => options.EffectiveCeiling * ActivationsPerPermit;
}
