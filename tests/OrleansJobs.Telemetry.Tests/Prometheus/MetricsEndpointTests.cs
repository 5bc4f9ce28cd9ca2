using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using OrleansJobs.Http;
using OrleansJobs.Telemetry.Tests.Support;

namespace OrleansJobs.Telemetry.Tests.Prometheus;

/// <summary><c>/metrics</c> of a real grid.</summary>
public sealed class MetricsEndpointTests
{
    /// <summary>One of the meters that are listened to; another one than other tests measure with.</summary>
    private const string AKnownMeter = "Npgsql";

    private const string Scraper = "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData("*/*", "text/plain; version=0.0.4; charset=utf-8", false)]
    [InlineData(Scraper, "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores", true)]
    [InlineData("application/openmetrics-text;q=0.1,text/plain;q=0.9", "text/plain; version=0.0.4; charset=utf-8", false)]
    public async Task Scrape_IsInTheFormatThatIsAccepted(string? accept, string type, bool open)
    {
        await using var grid = await Grid.StartAsync();
        await grid.RunAsync(new Errand(Failures: 1));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await grid.Http.SendAsync(request);

        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        var families = ExpositionParser.Parse(await answer.Content.ReadAsStringAsync(), open);
        var ended = families[open ? "orleansjobs_attempts_ended" : "orleansjobs_attempts_ended_total"];
        Assert.Contains(ended.Samples, sample => sample.Labels["orleansjobs_attempt_outcome"] == "failed" && sample.Labels["messaging_destination_name"] == Errand.Class);
        Assert.Contains("dotnet_gc_collections" + (open ? "" : "_total"), families.Keys);
        Assert.DoesNotContain(families.Values.SelectMany(family => family.Samples).SelectMany(sample => sample.Labels.Keys), IsOfAJob);
    }

    [Fact]
    public async Task Scrape_WhereKeysAreConfigured_NeedsOne()
    {
        var key = ApiKey.New("prometheus");
        await using var grid = await Grid.StartAsync(new()
        {
            ["JobGrid:Access:Keys:prometheus:Hash"] = ApiKey.Hash(key),
            ["JobGrid:Access:Keys:prometheus:Role"] = "viewer",
        });

        using var refused = await grid.Http.GetAsync("/metrics");
        grid.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answered = await grid.Http.GetAsync("/metrics");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, answered.StatusCode));
        Assert.DoesNotContain("# TYPE", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_WhenItIsOff_IsNotThere()
    {
        await using var grid = await Grid.StartAsync(new() { [$"{TelemetryOptions.Section}:Prometheus"] = "false" });
        Assert.Equal(HttpStatusCode.NotFound, (await grid.Http.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task RefusedJobs_AreCounted_WithoutTheClassThatTheyName()
    {
        await using var grid = await Grid.StartAsync();
        await Assert.ThrowsAsync<UnknownJobClassException>(() => grid.Jobs.SubmitAsync("made-up-" + Guid.NewGuid(), new Errand()));

        var text = await grid.Http.GetStringAsync("/metrics");

        Assert.DoesNotContain("made-up", text, StringComparison.Ordinal);
        var sent = ExpositionParser.Parse(text, open: false)["messaging_client_sent_messages_total"];
        Assert.Contains(sent.Samples, sample => sample.Labels.GetValueOrDefault("error_type") == "unknown-job-class");
    }

    [Fact]
    public async Task MetricOfTooManySeries_KeepsWhatIsOver_AndTakesNothingFromOthers()
    {
        await using var grid = await Grid.StartAsync(new() { [$"{TelemetryOptions.Section}:MaxSeriesPerMetric"] = "10" });
        using var meter = new Meter(AKnownMeter);
        var wild = meter.CreateCounter<int>("wild");
        meter.CreateCounter<int>("tame").Add(1);
        for (var index = 0; index < 30; index++)
        {
            wild.Add(1, new KeyValuePair<string, object?>("id", index));
        }

        var families = await ScrapeAsync(grid);

        Assert.InRange(families["wild_total"].Samples.Count, 10, 12);
        Assert.Equal(30, families["wild_total"].Samples.Sum(sample => sample.Value));
        Assert.Single(families["wild_total"].Samples, sample => sample.Labels.ContainsKey("otel_metric_overflow"));
        Assert.Single(families["tame_total"].Samples);
    }

    [Fact]
    public async Task ObservedSeries_LeaveWhenTheyAreNotToldOf()
    {
        await using var grid = await Grid.StartAsync();
        using var meter = new Meter(AKnownMeter);
        var values = new List<Measurement<int>> { new(3, new KeyValuePair<string, object?>("id", 1)), new(4, new KeyValuePair<string, object?>("id", 2)) };
        meter.CreateObservableGauge("level", () => values);
        Assert.Equal(2, (await ScrapeAsync(grid))["level"].Samples.Count);
        values.RemoveAt(0);

        Assert.Equal(4, Assert.Single((await ScrapeAsync(grid))["level"].Samples).Value);
    }

    [Fact]
    public async Task OtherMeters_AreNotShown_AndOneThatFailsHidesNone()
    {
        await using var grid = await Grid.StartAsync();
        using var known = new Meter(AKnownMeter);
        using var other = new Meter("somebody.else");
        other.CreateCounter<int>("foreign").Add(1);
        known.CreateObservableGauge("broken", (Func<int>)(() => throw new InvalidOperationException()));
        known.CreateObservableGauge("whole", () => 1);

        var families = await ScrapeAsync(grid);

        Assert.DoesNotContain("foreign_total", families.Keys);
        Assert.Equal(1, families["whole"].Samples.Single().Value);
    }

    private static async Task<Dictionary<string, Family>> ScrapeAsync(Grid grid) =>
        ExpositionParser.Parse(await grid.Http.GetStringAsync("/metrics"), open: false);

    private static bool IsOfAJob(string label) => label.Contains("message_id", StringComparison.Ordinal) || label.EndsWith("job_attempt", StringComparison.Ordinal);
}
