using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace OrleansJobs.Aspire.Tests;

/// <summary>The model of the example: what there is, and what each part is told of the others. Nothing of it is run.</summary>
public sealed class AppHostTests
{
    private const string GivenDatabase = "Host=db.example;Database=jobs";

    [Fact]
    public async Task Database_IsOneInAContainer_ThatSiloAndPortalReference()
    {
        await using var app = await CreateAsync();

        var database = Assert.Single(app.Resources.OfType<PostgresDatabaseResource>());
        Assert.Equal(("jobsdb", "postgres"), (database.Name, database.Parent.Name));
        foreach (var name in (string[])["silo", "portal"])
        {
            Assert.Equal("{jobsdb.connectionString}", (await EnvironmentOfAsync(app, name))["ConnectionStrings__jobsdb"]);
        }
    }

    [Fact]
    public async Task Database_ThatIsThereAlready_NeedsNoContainer()
    {
        await using var app = await CreateAsync($"--ConnectionStrings:jobsdb={GivenDatabase}");

        Assert.Empty(app.Resources.OfType<ContainerResource>());
        var database = Assert.Single(app.Resources.OfType<IResourceWithConnectionString>());
        Assert.Equal(("jobsdb", GivenDatabase), (database.Name, await database.GetConnectionStringAsync()));
    }

    [Fact]
    public async Task Silo_HasTwoReplicas_EachWithPortsOfItsOwn()
    {
        await using var app = await CreateAsync();

        var silo = Assert.Single(app.Resources, resource => resource.Name == "silo");
        Assert.Equal(2, Assert.Single(silo.Annotations.OfType<ReplicaAnnotation>()).Replicas);
        var environment = await EnvironmentOfAsync(app, "silo");
        Assert.Equal("{silo.bindings.orleans-silo.targetPort}", environment["Orleans__Endpoints__SiloPort"]);
        Assert.Equal("{silo.bindings.orleans-gateway.targetPort}", environment["Orleans__Endpoints__GatewayPort"]);
        Assert.All(silo.Annotations.OfType<EndpointAnnotation>(), endpoint => Assert.Null(endpoint.TargetPort));
    }

    [Fact]
    public async Task Portal_StartsOnceTheSilosAreHealthy()
    {
        await using var app = await CreateAsync();

        var portal = Assert.Single(app.Resources, resource => resource.Name == "portal");
        var waitedFor = Assert.Single(portal.Annotations.OfType<WaitAnnotation>()).Resource;
        Assert.Equal("silo", waitedFor.Name);
        Assert.Equal("silo_http_/health_200_check", Assert.Single(waitedFor.Annotations.OfType<HealthCheckAnnotation>()).Key);
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] arguments) =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.LearningPlatform_AppHost>(arguments);

    /// <summary>As a manifest has it: what is known only once the application runs is named in braces.</summary>
    private static async Task<Dictionary<string, string>> EnvironmentOfAsync(IDistributedApplicationTestingBuilder app, string name)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(app.Resources.Single(resource => resource.Name == name))
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, CancellationToken.None);
        return configuration.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
    }
}
