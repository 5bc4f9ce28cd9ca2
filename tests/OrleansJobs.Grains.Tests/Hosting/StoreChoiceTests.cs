using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using OrleansJobs.Conformance;
using OrleansJobs.Grains.Silos;
using OrleansJobs.Grains.Tests.Conformance;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Hosting;

public sealed class StoreChoiceTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleansjobs-");

    private string Path => System.IO.Path.Combine(_directory.FullName, "jobs.db");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Start_WithoutAStore_NamesThePackages()
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => SiloHosts.StartAsync(_ => { }, _ => { }, jobs => jobs));

        Assert.Contains("no job store", error.Message, StringComparison.Ordinal);
        Assert.Contains("OrleansJobs.Postgres", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_ChosenBeforeTheGridIsAddedToTheSilo_IsItsStoreToo()
    {
        var services = Configure(silo =>
        {
            silo.Services.AddOrleansJobs().UseSqliteJobs(Path);
            silo.AddOrleansJobs(_ => { });
        });

        Assert.Equal(StoreClaim.Exclusive, Sharing(services).Claim);
    }

    [Fact]
    public void SqliteSilo_WithTheClusteringOfTheApplication_SharesItsStore() =>
        Assert.Equal(StoreClaim.Shared, Sharing(Configure(silo => silo.AddOrleansJobs(_ => { }, clustering: false).UseSqliteJobs(Path))).Claim);

    [Fact]
    public void PostgresSilo_SharesItsStore_AndKeepsItsMembershipThere()
    {
        var services = Configure(silo => silo.AddOrleansJobs(_ => { }).UsePostgresJobs("Host=nowhere;Database=d"));

        Assert.Equal(StoreClaim.Shared, Sharing(services).Claim);
        Assert.Contains(services, service => service.ServiceType == typeof(IMembershipTable));
    }

    private static IServiceCollection Configure(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(configure);
        return builder.Services;
    }

    private static StoreSharing Sharing(IServiceCollection services) =>
        (StoreSharing)services.Single(service => service.ServiceType == typeof(StoreSharing)).ImplementationInstance!;
}
