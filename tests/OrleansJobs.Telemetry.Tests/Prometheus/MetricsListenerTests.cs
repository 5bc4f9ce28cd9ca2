using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Telemetry.Export;
using OrleansJobs.Telemetry.Prometheus;

namespace OrleansJobs.Telemetry.Tests.Prometheus;

/// <summary>From instruments of every kind to text, read by a parser that forgives nothing.</summary>
public sealed class MetricsListenerTests : IDisposable
{
    private const int MaxSeries = 10;

    /// <summary>One of the meters that are listened to; another one than other tests measure with.</summary>
    private readonly Meter _meter = new("Npgsql");

    private readonly MetricsListener _listener = new(
        new MetricStore(MaxSeries), ExportPlan.Of(new TelemetryOptions(), new ConfigurationBuilder().Build()), NullLogger<MetricsListener>.Instance);

    public MetricsListenerTests() => _ = _listener.StartingAsync(default);

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counter_Adds_ByItsLabels(bool open)
    {
        var counter = _meter.CreateCounter<long>("hits", "{hit}", "Hits with \"quotes\" and a \\ in it.\nTwo lines.");
        counter.Add(2, new KeyValuePair<string, object?>("to", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("to", "a\"b\\c\nd"));
        counter.Add(7);

        var family = Parse(open)[open ? "hits" : "hits_total"];

        Assert.Equal("counter", family.Type);
        Assert.Equal(5, Assert.Single(family.Samples, sample => sample.Labels.GetValueOrDefault("to") == "a\"b\\c\nd").Value);
        Assert.Equal(7, Assert.Single(family.Samples, sample => !sample.Labels.ContainsKey("to")).Value);
        Assert.All(family.Samples, sample => Assert.Equal("Npgsql", sample.Labels["otel_scope_name"]));
    }

    [Fact]
    public void Tags_InAnotherOrder_AreTheSameSeries()
    {
        var counter = _meter.CreateCounter<int>("pairs");
        counter.Add(1, new("a", 1), new KeyValuePair<string, object?>("b", 2));
        counter.Add(1, new("b", 2), new KeyValuePair<string, object?>("a", 1));

        Assert.Equal(2, Assert.Single(Parse()["pairs_total"].Samples).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Histogram_HasTheBoundsThatTheInstrumentNames(bool open)
    {
        var histogram = _meter.CreateHistogram(
            "work", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2] });
        foreach (var value in new[] { 0.25, 0.5, 0.75, 2, 50, double.NaN })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("kind", "x"));
        }

        var family = Parse(open)["work_seconds"];

        var buckets = family.Samples.Where(sample => sample.Name == "work_seconds_bucket").ToArray();
        Assert.Equal(open ? ["0.5", "1.0", "2.0", "+Inf"] : ["0.5", "1", "2", "+Inf"], buckets.Select(sample => sample.Labels["le"]));
        Assert.Equal([2, 3, 4, 5], buckets.Select(sample => sample.Value));
        Assert.Equal(53.5, Assert.Single(family.Samples, sample => sample.Name == "work_seconds_sum").Value);
    }

    [Fact]
    public void UpDownCounter_IsAGauge_ThatFalls()
    {
        var counter = _meter.CreateUpDownCounter<short>("open");
        counter.Add(5);
        counter.Add(-6);

        Assert.Equal(("gauge", -1), (Parse()["open"].Type, Parse()["open"].Samples.Single().Value));
    }

    [Fact]
    public void ObservedValues_ReplaceEachOther_AndLeaveWhenTheyAreNotTold()
    {
        var values = new List<Measurement<double>> { new(3, new KeyValuePair<string, object?>("id", 1)), new(double.PositiveInfinity) };
        _meter.CreateObservableGauge("level", () => values);
        Assert.Equal(2, Parse()["level"].Samples.Count);
        values[0] = new(4, new KeyValuePair<string, object?>("id", 1));
        values.RemoveAt(1);

        Assert.Equal(4, Assert.Single(Parse()["level"].Samples).Value);
        values.Clear();
        Assert.DoesNotContain("level", Parse().Keys);
    }

    [Fact]
    public void SeriesWithoutRoom_AreDroppedAndCounted_AndTakeNothingFromOtherMetrics()
    {
        var wild = _meter.CreateCounter<int>("wild");
        var tame = _meter.CreateCounter<int>("tame");
        for (var index = 0; index < MaxSeries + 3; index++)
        {
            wild.Add(1, new KeyValuePair<string, object?>("id", index));
        }

        wild.Add(1, new KeyValuePair<string, object?>("id", 0));
        tame.Add(1);

        var families = Parse();

        Assert.Equal(MaxSeries, families["wild_total"].Samples.Count);
        Assert.Equal(2, families["wild_total"].Samples.Single(sample => sample.Labels["id"] == "0").Value);
        Assert.Equal(3, families["orleansjobs_metrics_dropped_total"].Samples.Single().Value);
        Assert.Single(families["tame_total"].Samples);
    }

    [Fact]
    public void NameOfAnotherKind_IsLeftOut()
    {
        _meter.CreateUpDownCounter<int>("twin").Add(1);
        _meter.CreateHistogram<int>("twin").Record(1);

        Assert.Equal("gauge", Parse()["twin"].Type);
    }

    [Fact]
    public void ObserverThatThrows_HidesNoOther()
    {
        _meter.CreateObservableGauge("broken", (Func<int>)(() => throw new InvalidOperationException()));
        _meter.CreateObservableGauge("whole", () => 1);

        Assert.Equal(1, Parse()["whole"].Samples.Single().Value);
    }

    [Fact]
    public void OtherMeters_AreNotListenedTo()
    {
        using var other = new Meter("somebody.else");
        other.CreateCounter<int>("foreign").Add(1);

        Assert.DoesNotContain("foreign_total", Parse().Keys);
    }

    private Dictionary<string, Family> Parse(bool open = false) =>
        ExpositionParser.Parse(_listener.Collect(open ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text), open);
}
