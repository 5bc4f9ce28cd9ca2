using Microsoft.Extensions.Configuration;
using OrleansJobs.Postgres;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Storage.Tests.Postgres;

/// <summary>What a host's settings may say of the PostgreSQL store; every fault names its key.</summary>
public sealed class PostgresStoreSettingsTests
{
    private const string Database = "Host=127.0.0.1;Database=jobs;Username=jobs";

    [Theory]
    [InlineData(null, null, null, "JobGrid:Postgres:ConnectionString is empty; it must name the database.")]
    [InlineData("Hst=1", null, null, "JobGrid:Postgres:ConnectionString is not valid; it must be of the form")]
    [InlineData(Database, "nonsense", null, "JobGrid:Postgres:DirectConnectionString is not valid; it must be of the form")]
    [InlineData(Database, null, "Grid", "JobGrid:Postgres:Schema is 'Grid'; it must be")]
    public void Read_OfABadSetting_NamesItsKey(string? connectionString, string? direct, string? schema, string fault) =>
        Assert.StartsWith(fault, Assert.Single(FaultsOf(connectionString, direct, schema)));

    [Fact]
    public void Read_OfGoodSettings_FindsNothing() => Assert.Empty(FaultsOf(Database, Database, "grid_a"));

    private static IReadOnlyList<string> FaultsOf(string? connectionString, string? direct, string? schema)
    {
        var settings = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["JobGrid:Postgres:ConnectionString"] = connectionString,
            ["JobGrid:Postgres:DirectConnectionString"] = direct,
            ["JobGrid:Postgres:Schema"] = schema,
        }).Build().GetSection("JobGrid"));
        new PostgresStoreSettings().Read(settings);
        return settings.Faults;
    }
}
