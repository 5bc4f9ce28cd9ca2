using Microsoft.Extensions.Configuration;
using OrleansJobs.Dashboard.Hosting;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Tests.Access;

public sealed class OptionsTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public async Task Faults_AreToldAllAtOnceBeforeTheServerListens()
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => ApiHost.StartAsync(settings: Faulty, address: "0.0.0.0"));

        Assert.Equal(FaultsOf(Faulty), error.Faults);
        Assert.Equal(9, error.Faults.Count);
        Assert.Contains("JobGrid:Access:Keys:Bad_Name: 'Bad_Name' is no name for a key; allowed is 1 to 32 of a-z and 0-9, beginning with a letter.", error.Faults);
        Assert.Contains(error.Faults, fault => fault.StartsWith("JobGrid:Access:Keys:ci:Hash has 4 characters; allowed is a SHA-256 in 64", StringComparison.Ordinal));
        Assert.Contains("JobGrid:Access:Keys:ci:Role is 'root'; allowed is viewer, operator or admin.", error.Faults);
        Assert.Contains("JobGrid:Access:Keys:ci:Colour is not a setting; JobGrid:Access:Keys:ci knows Hash, Role, Expires.", error.Faults);
        Assert.Contains("JobGrid:Access:SignInLifetime is 31d; allowed is 1m to 30d.", error.Faults);
        Assert.Contains("JobGrid:Access:Reveal:email is 'viewer'; allowed is operator or admin.", error.Faults);
        Assert.Contains("JobGrid:Access:AuditSubmits is 'perhaps'; allowed is true or false.", error.Faults);
        Assert.Contains("JobGrid:Access:Hosts has 'a b'; allowed is a host's name or address without a port.", error.Faults);
        Assert.Contains("JobGrid:Access:Kyes is not a setting; did you mean JobGrid:Access:Keys?", error.Faults);
    }

    [Fact]
    public void Key_InPlaceOfItsHash_IsRefusedAndNotRepeated()
    {
        var key = ApiKey.New("ci");

        var fault = Assert.Single(FaultsOf(new() { ["JobGrid:Access:Keys:ci:Hash"] = key, ["JobGrid:Access:Keys:ci:Role"] = "admin" }));

        Assert.Contains("JobGrid:Access:Keys:ci:Hash is a key", fault);
        Assert.DoesNotContain(key, fault);
    }

    [Fact]
    public async Task Address_OffLoopbackWithoutKeys_IsRefusedAtStart()
    {
        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => ApiHost.StartAsync(address: "0.0.0.0"));

        Assert.Contains("The application's own address is 'http://0.0.0.0:0', which other machines can reach", Assert.Single(error.Faults));
    }

    [Fact]
    public void Lists_AreReadWithCommasOrIndexes()
    {
        var options = Read(new() { ["JobGrid:Access:Hosts"] = "a.example, b.example", ["JobGrid:Access:Schemes:0"] = "Entra", ["JobGrid:Access:reveal:email"] = "admin" });

        Assert.Equal(["a.example", "b.example"], options.Hosts);
        Assert.Equal(["Entra"], options.Schemes);
        Assert.Equal("admin", options.Reveal["email"]);
        Assert.Empty(options.Validate());
    }

    private static Dictionary<string, string?> Faulty => new()
    {
        ["JobGrid:Access:Keys:Bad_Name:Hash"] = Hash,
        ["JobGrid:Access:Keys:Bad_Name:Role"] = "viewer",
        ["JobGrid:Access:Keys:ci:Hash"] = "cafe",
        ["JobGrid:Access:Keys:ci:Role"] = "root",
        ["JobGrid:Access:Keys:ci:Colour"] = "red",
        ["JobGrid:Access:SignInLifetime"] = "31d",
        ["JobGrid:Access:Reveal:email"] = "viewer",
        ["JobGrid:Access:AuditSubmits"] = "perhaps",
        ["JobGrid:Access:Hosts"] = "a b",
        ["JobGrid:Access:Kyes"] = "1",
    };

    private static IReadOnlyList<string> FaultsOf(Dictionary<string, string?> settings) => Read(settings).Validate();

    private static OrleansJobsAccessOptions Read(Dictionary<string, string?> settings) =>
        HttpConfiguration.ReadAccess(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
