using System.Reflection;

namespace OrleansJobs.ProcessKit;

/// <summary>A host of the grid. The test project that starts it sees to it that it is built.</summary>
/// <param name="Assembly">What to run.</param>
/// <param name="JoinsCluster">Whether it is a silo, with ports of its own.</param>
/// <param name="Way">Which of the ways of an assembly that has several; null for one that has one.</param>
public sealed record HostProgram(string Assembly, bool JoinsCluster, string? Way = null)
{
    /// <summary>The learning platform on the Orleans engine.</summary>
    public static readonly HostProgram Silo = new(Built(nameof(Silo)), JoinsCluster: true);

    /// <summary>The learning platform on the embedded engine.</summary>
    public static readonly HostProgram Embedded = new(Built(nameof(Embedded)), JoinsCluster: false);

    /// <summary>An application that hosts the grid by the library alone, on the Orleans engine.</summary>
    public static readonly HostProgram UserSilo = new(Built("User"), JoinsCluster: true, "silo");

    /// <summary>An application that hosts the grid by the library alone, on the embedded engine.</summary>
    public static readonly HostProgram UserEmbedded = new(Built("User"), JoinsCluster: false, "embedded");

    /// <summary>An application that put the silo together by itself, and wants its settings checked.</summary>
    public static readonly HostProgram UserOwn = new(Built("User"), JoinsCluster: true, "own");

    /// <summary>An application without HTTP, on the embedded engine.</summary>
    public static readonly HostProgram UserWorker = new(Built("User"), JoinsCluster: false, "worker");

    /// <summary>Whether it has the sample's probes.</summary>
    public bool HasProbes => Way is null;

    private static string Built(string name) => typeof(HostProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == name).Value!;
}
