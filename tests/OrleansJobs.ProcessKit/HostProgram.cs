using System.Reflection;

namespace OrleansJobs.ProcessKit;

/// <summary>A host of the grid. The test project that starts it sees to it that it is built.</summary>
/// <param name="Assembly">What to run.</param>
/// <param name="JoinsCluster">Whether it is a silo, with ports of its own.</param>
public sealed record HostProgram(string Assembly, bool JoinsCluster)
{
    /// <summary>On the Orleans engine.</summary>
    public static readonly HostProgram Silo = new(Built(nameof(Silo)), JoinsCluster: true);

    /// <summary>On the embedded engine.</summary>
    public static readonly HostProgram Embedded = new(Built(nameof(Embedded)), JoinsCluster: false);

    private static string Built(string name) => typeof(HostProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == name).Value!;
}
