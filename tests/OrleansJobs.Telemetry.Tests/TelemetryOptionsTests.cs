using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Telemetry.Tests;

public sealed class TelemetryOptionsTests
{
    [Fact]
    public void NoSettings_AreFine() => Assert.Empty(TelemetryOptions.Validate(Configure([])));

    [Fact]
    public void Faults_AreToldAllAtOnce_EachWithKeyValueAndRange()
    {
        var faults = TelemetryOptions.Validate(Configure(new()
        {
            ["Endpoint"] = "collector:4317",
            ["Protocol"] = "carrier-pigeon",
            ["Headers"] = "nothing",
            ["Traces"] = "perhaps",
            ["SampleRatio"] = "1.5",
            ["MetricsPeriod"] = "00:00:00.5",
            ["FlushTimeout"] = "01:00:00",
            ["MaxSeriesPerMetric"] = "5",
            ["Endpiont"] = "x",
        }));

        Assert.Equal(9, faults.Count);
        Assert.Contains("JobGrid:Telemetry:SampleRatio is '1.5'; allowed is 0 to 1.", faults);
        Assert.Contains("JobGrid:Telemetry:Endpiont is not a setting; did you mean JobGrid:Telemetry:Endpoint?", faults);
        Assert.DoesNotContain(faults, fault => fault.Contains("nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void Faults_StopTheHost()
    {
        var refused = Assert.Throws<InvalidOptionsException>(() =>
            new ServiceCollection().AddOrleansJobsTelemetry(Configure(new() { ["SampleRatio"] = "2", ["Protocol"] = "x" })));
        Assert.Contains("SampleRatio", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Protocol", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://collector:4318/", "http://collector:4318/v1/traces")]
    [InlineData("https://host/otlp", "https://host/otlp/v1/traces")]
    public void HttpEndpoint_GetsThePathOfTheSignal(string endpoint, string expected)
    {
        var plan = Export.ExportPlan.Of(new TelemetryOptions { Endpoint = endpoint, Protocol = "http/protobuf" }, Configure([]));
        var exporter = new OpenTelemetry.Exporter.OtlpExporterOptions();
        plan.Configure(exporter, "v1/traces");
        Assert.Equal(expected, exporter.Endpoint.AbsoluteUri);
    }

    [Fact]
    public void OpenTelemetrysVariables_CountWhereThereIsNoSetting()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_SERVICE_NAME"] = "mail",
        }).Build();

        var plan = Export.ExportPlan.Of(new TelemetryOptions(), configuration);
        var named = Export.ExportPlan.Of(new TelemetryOptions { ServiceName = "ours", Endpoint = "http://other:1" }, configuration);

        Assert.Equal((true, true, "mail", "http://collector:4318/"), (plan.IsHttp, plan.Traces, plan.Service, plan.Endpoint!.AbsoluteUri));
        Assert.Equal(("ours", "http://other:1/"), (named.Service, named.Endpoint!.AbsoluteUri));
        Assert.False(Export.ExportPlan.Of(new TelemetryOptions(), Configure([])).Metrics);
    }

    private static IConfiguration Configure(Dictionary<string, string?> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create($"{TelemetryOptions.Section}:{one.Key}", one.Value))).Build();
}
