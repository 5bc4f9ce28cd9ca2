using System.Reflection;
using System.Runtime.Loader;

namespace OrleansJobs.Simulation.Mutations;

/// <summary>
/// Loads a mutated core together with a copy of the simulator that runs on it; everything else is shared. Not collectible: the process is
/// short-lived, the two assemblies are small, and code that can be unloaded runs slower.
/// </summary>
internal sealed class MutantContext(byte[] core) : AssemblyLoadContext("mutant", isCollectible: false)
{
    /// <summary>The copy of the simulator.</summary>
    public Assembly LoadSimulator()
    {
        using var image = new MemoryStream(File.ReadAllBytes(typeof(MutantContext).Assembly.Location));
        return LoadFromStream(image);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name != "OrleansJobs.Core")
        {
            return null;
        }

        using var image = new MemoryStream(core);
        return LoadFromStream(image);
    }
}
