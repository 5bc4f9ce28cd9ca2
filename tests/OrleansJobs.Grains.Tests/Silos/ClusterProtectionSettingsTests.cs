using Microsoft.Extensions.Configuration;
using OrleansJobs.Grains.Hosting;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Grains.Tests.Silos;

/// <summary>What a host's settings may say of who reaches the silo; every fault names its key.</summary>
public sealed class ClusterProtectionSettingsTests
{
    [Fact]
    public void Files_ThatAreThere_AreNoFault()
    {
        using var authority = new ClusterAuthority();
        var files = authority.Sign("silo");

        Assert.Empty(FaultsOf(("Tls:Certificate", files.Certificate), ("Tls:Key", files.Key), ("Tls:Authority", files.Authority)));
    }

    [Fact]
    public void AuthorityThatIsMissing_IsAFault() => Assert.Equal(
        ["JobGrid:Cluster:Tls:Certificate and JobGrid:Cluster:Tls:Authority go together; one of them is empty."],
        FaultsOf(("Tls:Certificate", "/etc/silo.pem")));

    [Fact]
    public void FileThatIsMissing_IsNamed() => Assert.StartsWith(
        "JobGrid:Cluster:Tls: The file '/nowhere/authority.pem' should be a PEM file with the authority's certificate: ",
        Assert.Single(FaultsOf(("Tls:Certificate", "/nowhere/silo.pem"), ("Tls:Authority", "/nowhere/authority.pem"))));

    [Fact]
    public void AllowUnprotected_IsTrueOrFalse() => Assert.Equal(
        ["JobGrid:Cluster:AllowUnprotected is 'yes'; allowed is true or false."], FaultsOf(("AllowUnprotected", "yes")));

    private static IReadOnlyList<string> FaultsOf(params (string Key, string Value)[] settings)
    {
        var reader = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => $"JobGrid:Cluster:{setting.Key}", setting => (string?)setting.Value))
            .Build()
            .GetSection("JobGrid"));
        ClusterProtection.Read(reader);
        return reader.Faults;
    }
}
