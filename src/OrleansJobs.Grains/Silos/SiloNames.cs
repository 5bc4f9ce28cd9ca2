using Orleans.Runtime;

namespace OrleansJobs.Grains.Silos;

/// <summary>The names of silos in jobs and leases: address and generation, so that a restarted silo is another one.</summary>
internal static class SiloNames
{
    public static string Of(SiloAddress address) => address.ToParsableString();
}
