using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

// A database that is there already, if ConnectionStrings:jobsdb names one; or else one in a container.
IResourceBuilder<IResourceWithConnectionString> jobsdb = builder.Configuration.GetConnectionString("jobsdb") is null
    ? builder.AddPostgres("postgres").WithDataVolume().AddDatabase("jobsdb")
    : builder.AddConnectionString("jobsdb");

var silo = builder.AddProject<Projects.LearningPlatform_Silo>("silo")
    .WithReplicas(2)
    .WithEndpoint(scheme: "tcp", name: "orleans-silo", env: "Orleans__Endpoints__SiloPort")
    .WithEndpoint(scheme: "tcp", name: "orleans-gateway", env: "Orleans__Endpoints__GatewayPort")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithEnvironment("LearningPlatform__DataDirectory", Path.GetFullPath("../../../.grid/aspire", builder.AppHostDirectory))
    .WithReference(jobsdb)
    .WaitFor(jobsdb);

builder.AddProject<Projects.LearningPlatform_Portal>("portal")
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReference(jobsdb)
    .WaitFor(silo);

builder.Build().Run();
