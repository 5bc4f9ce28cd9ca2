using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void Projects_DependInOneDirection() => Rule.Holds(Repository.Projects.SelectMany(DependencyRule.Violations));

    [Fact]
    public void Sources_UseOrleansOnlyInItsEngine() => Rule.Holds(Repository.Product.SelectMany(DependencyRule.Violations));

    [Fact]
    public void Tree_IsFound()
    {
        Assert.Contains(Repository.Projects, project => project is { Name: "OrleansJobs.Core", Projects: ["OrleansJobs.Abstractions"] });
        Assert.Contains(Repository.Product.In("src"), file => file.Path == "src/OrleansJobs.Core/Lifecycle/JobLifecycle.cs");
        Assert.Contains(Repository.Tests, file => file.Path == "tests/OrleansJobs.Architecture.Tests/DependencyTests.cs");
    }

    [Theory]
    [InlineData("src/OrleansJobs.Core/OrleansJobs.Core.csproj", """<ProjectReference Include="../OrleansJobs.Storage/OrleansJobs.Storage.csproj" />""")]
    [InlineData("src/OrleansJobs.Storage/OrleansJobs.Storage.csproj", """<ProjectReference Include="..\OrleansJobs.Workers\OrleansJobs.Workers.csproj" />""")]
    [InlineData("src/OrleansJobs.Dashboard/OrleansJobs.Dashboard.csproj", """<ProjectReference Include="../OrleansJobs.Core/OrleansJobs.Core.csproj" />""")]
    [InlineData("src/OrleansJobs.Hosting/OrleansJobs.Hosting.csproj", """<ProjectReference Include="../OrleansJobs.Grains/OrleansJobs.Grains.csproj" />""")]
    [InlineData("src/OrleansJobs.Hosting/OrleansJobs.Hosting.csproj", """<ProjectReference Include="../OrleansJobs.Sqlite/OrleansJobs.Sqlite.csproj" />""")]
    [InlineData("src/OrleansJobs.New/OrleansJobs.New.csproj", "")]
    [InlineData("src/OrleansJobs.Workers/OrleansJobs.Workers.csproj", """<PackageReference Include="Microsoft.Orleans.Sdk" />""")]
    [InlineData("src/OrleansJobs.Workers/OrleansJobs.Workers.csproj", """<PackageReference Include="Microsoft.Orleans.Core" />""")]
    [InlineData("src/OrleansJobs.Storage/OrleansJobs.Storage.csproj", """<PackageReference Include="Microsoft.Orleans.Serialization" />""")]
    [InlineData("client/OrleansJobs.Cli.csproj", """<PackageReference Include="Microsoft.Orleans.Client" />""")]
    [InlineData("src/OrleansJobs.Core/OrleansJobs.Core.csproj", """<PackageReference Include="Npgsql" />""")]
    [InlineData("src/OrleansJobs.Grains/OrleansJobs.Grains.csproj", """<PackageReference Include="Npgsql" />""")]
    [InlineData("src/OrleansJobs.Postgres/OrleansJobs.Postgres.csproj", """<PackageReference Include="Microsoft.Data.Sqlite" />""")]
    [InlineData("src/OrleansJobs.Postgres/OrleansJobs.Postgres.csproj", """<ProjectReference Include="../OrleansJobs.Sqlite/OrleansJobs.Sqlite.csproj" />""")]
    public void PlantedReference_IsFound(string path, string reference) =>
        Assert.Single(DependencyRule.Violations(ProjectFile.Parse(path, $"<Project><ItemGroup>{reference}</ItemGroup></Project>")));

    /// <summary>An application that has no silo does not get Orleans' serializer with the compiler that it brings: the reference stays private.</summary>
    [Fact]
    public void SerializersOfTravellingTypes_ComeAlone()
    {
        var projects = Repository.Projects
            .Where(project => project.Path.StartsWith("src/", StringComparison.Ordinal) && project.Packages.Contains("Microsoft.Orleans.Serialization")).ToList();

        Assert.Equal(
            ["OrleansJobs.Abstractions", "OrleansJobs.Core", "OrleansJobs.Engine", "OrleansJobs.Workers"],
            projects.Select(project => project.Name).Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.Contains(
            """<PackageReference Include="Microsoft.Orleans.Serialization" PrivateAssets="all" />""", File.ReadAllText(Path.Combine(Repository.Root, project.Path)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/OrleansJobs.Dashboard/Page.cs", 1)]
    [InlineData("samples/LearningPlatform/Email.cs", 1)]
    [InlineData("src/OrleansJobs.Grains/JobGrain.cs", 0)]
    [InlineData("silo/Program.cs", 0)]
    public void PlantedUsing_IsFound(string path, int violations) =>
        Assert.Equal(violations, DependencyRule.Violations(SourceFile.Planted("using Orleans.Runtime;\nusing OrleansJobs.Core;", path)).Count());
}
