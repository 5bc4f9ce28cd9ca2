using System.Net;
using Microsoft.Extensions.Configuration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Workers.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void Values_AreReadOrLeftAtTheirDefaults()
    {
        var reader = Read(("Store", "Postgres"), ("Cluster:SiloPort", "11112"), ("Cluster:Address", "10.0.0.1"), ("Timeout", "90s"), ("Empty", ""));
        Assert.Equal("postgres", reader.Choice("Store", ["sqlite", "postgres"]));
        Assert.Equal(11_112, reader.Number("Cluster:SiloPort", 1, 1, 65_535));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), reader.Address("Cluster:Address", null));
        Assert.Equal(TimeSpan.FromSeconds(90), reader.Duration("Timeout", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1)));
        Assert.True(reader.Flag("Missing", true));
        Assert.Equal("standard", reader.Text("Empty", "standard"));
        Assert.Null(reader.Text("Nothing"));
        reader.RefuseUnknown();
        Assert.Empty(reader.Faults);
    }

    [Fact]
    public void Values_ThatAreNotAllowed_AreNamedTogether()
    {
        var reader = Read(("Store", "oracle"), ("Port", "99999"), ("Flag", "maybe"), ("Address", "here"), ("Timeout", "5d"), ("Period", "soon"));
        reader.Choice("Store", ["sqlite", "postgres"]);
        reader.Number("Port", 1, 1, 65_535);
        reader.Flag("Flag", false);
        reader.Address("Address", null);
        reader.Duration("Timeout", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1));
        reader.Duration("Period", TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.Equal(6, reader.Faults.Count);
        Assert.Contains("JobGrid:Store is 'oracle'; allowed is sqlite or postgres.", reader.Faults);
        Assert.Contains("JobGrid:Port is '99999'; allowed is 1 to 65535.", reader.Faults);
        Assert.Contains("JobGrid:Address is 'here'; allowed is an IP address.", reader.Faults);
        Assert.Contains("JobGrid:Timeout is '5d'; allowed is 0s to 1h.", reader.Faults);
        Assert.Contains(reader.Faults, fault => fault.StartsWith("JobGrid:Period is 'soon': ", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_ThatNobodyRead_AreRefusedWithTheNearest()
    {
        var reader = Read(("Stor", "x"), ("Sqlite:Pth", "x"), ("Store:Kind", "x"), ("Path", "x"), ("Sqlite", "x.db"), ("Clases:email:Rate", "1/s"));
        reader.Text("Store");
        reader.Text("Sqlite:Path");
        reader.Elsewhere("Classes", []);
        reader.RefuseUnknown();
        Assert.Equal(
        [
            "JobGrid:Clases is not a setting; did you mean JobGrid:Classes?",
            "JobGrid:Path is not a setting; did you mean JobGrid:Sqlite:Path?",
            "JobGrid:Sqlite is 'x.db'; it has to be a section with Path.",
            "JobGrid:Stor is not a setting; did you mean JobGrid:Store?",
            "JobGrid:Store is one value, not a section; JobGrid:Store:Kind cannot be there.",
        ], reader.Faults);
    }

    [Fact]
    public void Keys_BelowAKnownSection_AreRefusedWithTheNearest()
    {
        var reader = Read(("Sqlite:Pth", "x"), ("Sqlite:Colour", "x"), ("Classes:email:Rate", "1/s"));
        reader.Text("Sqlite:Path");
        reader.Elsewhere("Classes", ["JobGrid:Classes:email:Rate is wrong."]);
        reader.RefuseUnknown();
        Assert.Equal(
        [
            "JobGrid:Classes:email:Rate is wrong.",
            "JobGrid:Sqlite:Colour is not a setting; JobGrid:Sqlite knows Path.",
            "JobGrid:Sqlite:Pth is not a setting; did you mean JobGrid:Sqlite:Path?",
        ], reader.Faults);
    }

    [Fact]
    public void WithoutEffect_KnowsKeysAndTellsNoFault()
    {
        var reader = Read(("Postgres:Port", "none"));
        reader.WithoutEffect().Number("Postgres:Port", 1, 1, 10);
        reader.RefuseUnknown();
        Assert.Empty(reader.Faults);
    }

    private static SettingsReader Read(params (string Key, string Value)[] settings) => new JobSettings(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"JobGrid:{setting.Key}", (string?)setting.Value)))
        .Build()).Read();
}
