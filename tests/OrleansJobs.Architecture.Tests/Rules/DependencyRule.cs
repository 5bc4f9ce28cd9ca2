using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrleansJobs.Architecture.Tests.Rules;

/// <summary>Dependencies point one way, and Orleans stays behind the engine that is built on it.</summary>
internal static class DependencyRule
{
    private const string OrleansPackages = "Microsoft.Orleans.";

    /// <summary>What each project of src may refer to. A new project has to be entered here, with a thought.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["OrleansJobs.Abstractions"] = [],
        ["OrleansJobs.Core"] = ["OrleansJobs.Abstractions"],
        ["OrleansJobs.Workers"] = ["OrleansJobs.Abstractions", "OrleansJobs.Core"],
        ["OrleansJobs.Storage"] = ["OrleansJobs.Abstractions", "OrleansJobs.Core"],
        ["OrleansJobs.Engine"] = ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage"],
        ["OrleansJobs.Embedded"] =
            ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage", "OrleansJobs.Engine"],
        ["OrleansJobs.Sqlite"] =
        [
            "OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage", "OrleansJobs.Engine", "OrleansJobs.Embedded",
        ],
        ["OrleansJobs.Postgres"] = ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage"],
        ["OrleansJobs.Testing"] =
        [
            "OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage", "OrleansJobs.Engine", "OrleansJobs.Embedded",
            "OrleansJobs.Sqlite",
        ],
        ["OrleansJobs.Client"] = ["OrleansJobs.Abstractions"],
        ["OrleansJobs.Client.Postgres"] = ["OrleansJobs.Abstractions", "OrleansJobs.Client"],
        ["OrleansJobs.Aspire"] = ["OrleansJobs.Client.Postgres", "OrleansJobs.Grains", "OrleansJobs.Postgres"],
        ["OrleansJobs.Grains"] =
        [
            "OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage", "OrleansJobs.Engine", "OrleansJobs.Client",
        ],
        ["OrleansJobs.Dashboard"] = ["OrleansJobs.Abstractions"],
        ["OrleansJobs.Telemetry"] = ["OrleansJobs.Abstractions", "OrleansJobs.Dashboard"],
        // No engine and no store: whoever hosts one kind of grid does not get the packages of the others.
        ["OrleansJobs.Hosting"] =
            ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Workers", "OrleansJobs.Storage", "OrleansJobs.Dashboard", "OrleansJobs.Telemetry"],
    };

    /// <summary>Packages that come with a few libraries alone: who installs none of them does not get them.</summary>
    private static readonly Dictionary<string, string[]> Drivers = new()
    {
        ["Npgsql"] = ["OrleansJobs.Postgres", "OrleansJobs.Client.Postgres"],
        ["Microsoft.Data.Sqlite"] = ["OrleansJobs.Sqlite"],
    };

    private static readonly string[] KnowOrleans =
        ["OrleansJobs.Grains", "OrleansJobs.Client", "OrleansJobs.Client.Postgres", "OrleansJobs.Aspire", "OrleansJobs.Silo"];

    /// <summary>The serializers of what travels between silos are generated beside the types: these packages are attributes and what generated code needs.</summary>
    private const string Serialization = "Microsoft.Orleans.Serialization";

    private static readonly string[] HaveTypesThatTravel = ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Engine", "OrleansJobs.Workers"];

    private static readonly string[] WithoutInputAndOutput = ["OrleansJobs.Abstractions", "OrleansJobs.Core"];

    public static IEnumerable<string> Violations(ProjectFile project) =>
        [.. ProjectFaults(project), .. project.Packages.Where(package => !MayUse(project, package)).Select(package => $"{project.Path} uses {package}")];

    /// <summary>Sources see packages that come through other projects, so a using is checked too.</summary>
    public static IEnumerable<string> Violations(SourceFile file) => KnowOrleans.Any(name => FolderOf(file) == FolderOf(name))
        ? []
        : file.Syntax.DescendantNodes().OfType<UsingDirectiveSyntax>()
            .Where(directive => directive.NamespaceOrType.ToString() is var name && (name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal)))
            .Select(directive => file.At(directive, $"uses {directive.NamespaceOrType}"));

    private static IEnumerable<string> ProjectFaults(ProjectFile project)
    {
        if (!project.Path.StartsWith("src/", StringComparison.Ordinal))
        {
            return [];
        }

        return Allowed.TryGetValue(project.Name, out var allowed)
            ? project.Projects.Except(allowed).Select(reference => $"{project.Path} refers to {reference}")
            : [$"{project.Path} has no entry in the table of allowed dependencies"];
    }

    private static bool MayUse(ProjectFile project, string package)
    {
        if (package.StartsWith(OrleansPackages, StringComparison.Ordinal))
        {
            return KnowOrleans.Contains(project.Name)
                || (package is Serialization or Serialization + ".Abstractions" && HaveTypesThatTravel.Contains(project.Name));
        }

        if (Drivers.TryGetValue(package, out var holders) && project.Path.StartsWith("src/", StringComparison.Ordinal))
        {
            return holders.Contains(project.Name);
        }

        return !WithoutInputAndOutput.Contains(project.Name)
            || (package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && package.EndsWith(".Abstractions", StringComparison.Ordinal));
    }

    private static string FolderOf(SourceFile file) => file.Path.StartsWith("src/", StringComparison.Ordinal)
        ? string.Join('/', file.Path.Split('/').Take(2))
        : file.Path.Split('/')[0];

    private static string FolderOf(string project) => project == "OrleansJobs.Silo" ? "silo" : $"src/{project}";
}
