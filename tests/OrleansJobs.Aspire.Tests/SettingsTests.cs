using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Orleans.Configuration;
using OrleansJobs.Diagnostics;
using OrleansJobs.Postgres;

namespace OrleansJobs.Aspire.Tests;

public sealed class SettingsTests
{
    private const string Database = "Host=127.0.0.1;Database=jobs";

    [Fact]
    public void Client_ByTheNameOfItsDatabase_HasHealthAndTelemetry()
    {
        using var app = Build(("ConnectionStrings:jobsdb", Database));

        _ = (app.Services.GetRequiredService<TracerProvider>(), app.Services.GetRequiredService<MeterProvider>());
        Assert.Equal((true, true), (SpansAreHeard(), MeasuresAreHeard()));
        Assert.True(app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IJobClient)));
        Assert.Equal("OrleansJobs_jobsdb", Assert.Single(ChecksOf(app)).Name);
    }

    [Fact]
    public void Silo_ByTheNameOfItsDatabase_HasHealthAndTelemetry()
    {
        using var app = BuildSilo(("ConnectionStrings:jobsdb", Database));

        _ = (app.Services.GetRequiredService<TracerProvider>(), app.Services.GetRequiredService<MeterProvider>());
        Assert.Equal((true, true), (SpansAreHeard(), MeasuresAreHeard()));
        Assert.True(app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IJobClient)));
        Assert.Equal("OrleansJobs_jobsdb", Assert.Single(ChecksOf(app)).Name);
    }

    [Fact]
    public void Silo_WithPortsOfTheAppHost_ListensThere()
    {
        using var app = BuildSilo(
            ("ConnectionStrings:jobsdb", Database), ("Orleans:Endpoints:SiloPort", "12001"), ("Orleans:Endpoints:GatewayPort", "12002"));

        var ports = app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Assert.Equal((12001, 12002), (ports.SiloPort, ports.GatewayPort));
    }

    [Fact]
    public void Store_HasTheSchemaOfTheSettings_AndWhatTheApplicationSays()
    {
        PostgresStoreOptions? store = null;
        using var app = BuildSilo(
            options => store = options, ("ConnectionStrings:jobsdb", Database), ("Aspire:OrleansJobs:jobsdb:Schema", "grid"));

        Assert.Equal((Database, "grid"), (store!.ConnectionString, store.Schema));
    }

    [Fact]
    public void Switches_LeaveHealthAndTelemetryOut()
    {
        using var app = Build(
            ("ConnectionStrings:jobsdb", Database),
            ("Aspire:OrleansJobs:DisableHealthChecks", "true"),
            ("Aspire:OrleansJobs:DisableTracing", "true"),
            ("Aspire:OrleansJobs:jobsdb:DisableMetrics", "true"));

        Assert.Null(app.Services.GetService<TracerProvider>());
        Assert.Null(app.Services.GetService<MeterProvider>());
        Assert.Empty(ChecksOf(app));
    }

    [Fact]
    public void Settings_OfTheConnection_GoBeforeThoseOfAll_AndTheApplicationsBeforeBoth()
    {
        OrleansJobsSettings? read = null;
        using var app = Build(
            settings =>
            {
                read = settings;
                settings.DisableMetrics = true;
            },
            ("Aspire:OrleansJobs:ConnectionString", Database),
            ("Aspire:OrleansJobs:DisableTracing", "true"),
            ("Aspire:OrleansJobs:jobsdb:DisableTracing", "false"),
            ("Aspire:OrleansJobs:other:DisableHealthChecks", "true"));

        Assert.Equal((Database, false, false, true), (read!.ConnectionString, read.DisableTracing, read.DisableHealthChecks, read.DisableMetrics));
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    [Fact]
    public void Faults_AreToldAllAtOnce_EachWithItsKey()
    {
        var refused = Assert.Throws<InvalidOptionsException>(() => Build(
            ("Aspire:OrleansJobs:DisableTracing", "perhaps"), ("Aspire:OrleansJobs:jobsdb:DisableTrace", "true")));

        Assert.Equal(
            [
                "Aspire:OrleansJobs:DisableTracing is 'perhaps'; it must be true or false.",
                "Aspire:OrleansJobs:jobsdb:DisableTrace is not a setting; did you mean Aspire:OrleansJobs:jobsdb:DisableTracing?",
                "ConnectionStrings:jobsdb is missing; reference the database 'jobsdb' in the app host, or set it or Aspire:OrleansJobs:ConnectionString.",
            ],
            refused.Faults);
    }

    [Theory]
    [InlineData("postgresql://jobs:secret@db.example/jobs")]
    [InlineData("Database=jobs")]
    [InlineData("Host=db.example;Sslmode=perhaps;Password=secret")]
    public void ConnectionString_ThatIsNone_IsRefusedByItsName_WithoutItsText(string text)
    {
        var refused = Assert.Throws<InvalidOptionsException>(() => Build(("ConnectionStrings:jobsdb", text)));

        Assert.Equal(
            "The connection string of 'jobsdb' is not valid; it must be of the form 'Host=…;Database=…;Username=…;Password=…'.", refused.Message);
    }

    [Fact]
    public void SecondGrid_OfAnApplication_IsRefused()
    {
        var builder = Empty(("ConnectionStrings:jobsdb", Database), ("ConnectionStrings:other", Database));
        builder.AddOrleansJobs("jobsdb", _ => { });

        var refused = Assert.Throws<InvalidOptionsException>(() => builder.AddOrleansJobsClient("other"));

        Assert.StartsWith("The application has the grid of 'jobsdb' already, and cannot have that of 'other'", refused.Message);
    }

    private static bool SpansAreHeard()
    {
        using var source = new ActivitySource(JobsTelemetry.Name);
        return source.HasListeners();
    }

    private static bool MeasuresAreHeard()
    {
        using var meter = new Meter(JobsTelemetry.Name);
        return meter.CreateCounter<int>("any").Enabled;
    }

    private static ICollection<HealthCheckRegistration> ChecksOf(IHost app) =>
        app.Services.GetService<IOptions<HealthCheckServiceOptions>>()?.Value.Registrations ?? [];

    private static IHost Build(params (string Key, string Value)[] settings) => Build(null, settings);

    private static IHost Build(Action<OrleansJobsSettings>? configure, params (string Key, string Value)[] settings)
    {
        var builder = Empty(settings);
        builder.AddOrleansJobsClient("jobsdb", configure);
        return builder.Build();
    }

    private static IHost BuildSilo(params (string Key, string Value)[] settings) => BuildSilo(null, settings);

    private static IHost BuildSilo(Action<PostgresStoreOptions>? configureStore, params (string Key, string Value)[] settings)
    {
        var builder = Empty(settings);
        builder.AddOrleansJobs("jobsdb", _ => { }, configureStore: configureStore);
        return builder.Build();
    }

    private static HostApplicationBuilder Empty(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value)));
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(new BaseExportingMetricReader(new Nowhere())));
        return builder;
    }

    /// <summary>Measures that nobody reads are not kept.</summary>
    private sealed class Nowhere : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch) => ExportResult.Success;
    }
}
