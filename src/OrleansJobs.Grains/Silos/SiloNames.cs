using Orleans.Runtime;

namespace OrleansJobs.Grains.Silos;

/// <summary>The names of silos in jobs and leases: address and generation, so that a restarted silo is another one.</summary>
internal static class SiloNames
{
    public static string Of(SiloAddress address) => address.ToParsableString();

    /// <summary>The address in a name; null if it is none of a silo.</summary>
    public static SiloAddress? AddressOf(string name)
    {
        try
        {
            return SiloAddress.FromParsableString(name);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
