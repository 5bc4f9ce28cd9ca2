using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansJobs.Telemetry.Tests.Prometheus;
using OrleansJobs.Telemetry.Tests.Support;

namespace OrleansJobs.Telemetry.Tests.Grafana;

/// <summary>The ready-made board asks for nothing that is not there.</summary>
public sealed partial class BoardTests
{
    /// <summary>Given by silos alone; a test with real silos looks for them.</summary>
    private const string OfOrleans = "orleans_";

    /// <summary>There only when a metric has no room: see <see cref="MetricsEndpointTests"/>.</summary>
    private const string Overflow = "otel_metric_overflow";

    private static readonly string[] Functions = ["by", "sum", "rate", "increase", "histogram_quantile", "or", "label_values"];

    private static JsonNode Board { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "orleansjobs.json")))!;

    private static IReadOnlyList<string> Queries { get; } =
    [
        .. Board["panels"]!.AsArray().SelectMany(panel => panel!["targets"]?.AsArray() ?? []).Select(target => (string)target!["expr"]!),
        .. Board["templating"]!["list"]!.AsArray().Select(variable => (string?)variable!["definition"]).OfType<string>(),
    ];

    [Fact]
    public async Task Queries_NameOnlyMetricsAndLabelsThatAreThere()
    {
        await using var grid = await Grid.StartAsync();
        await grid.RunAsync(new Errand(Failures: 1));
        await Assert.ThrowsAsync<UnknownJobClassException>(() => grid.Jobs.SubmitAsync("nope", new Errand()));
        var families = await ScrapeUntilAsync(grid, "orleansjobs_class_backlog");
        var samples = families.Values.SelectMany(family => family.Samples).ToLookup(sample => sample.Name);

        foreach (var query in Queries.Where(query => !query.Contains(OfOrleans, StringComparison.Ordinal)))
        {
            foreach (var metric in MetricsOf(query))
            {
                Assert.True(samples.Contains(metric), $"There is no {metric}, asked for by {query}");
            }

            foreach (var label in LabelsOf(query))
            {
                Assert.True(
                    MetricsOf(query).Any(metric => samples[metric].Any(sample => sample.Labels.ContainsKey(label))), $"There is no label {label}, asked for by {query}");
            }
        }
    }

    [Fact]
    public void Board_IsOneThatGrafanaCanTakeIn()
    {
        var panels = Board["panels"]!.AsArray();
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(["datasource", "class"], Board["templating"]!["list"]!.AsArray().Select(variable => (string)variable!["name"]!));
        Assert.All(panels.Where(panel => (string)panel!["type"]! != "row"), panel =>
        {
            Assert.Equal("${datasource}", (string)panel!["datasource"]!["uid"]!);
            Assert.NotEmpty(panel["targets"]!.AsArray());
            var place = panel["gridPos"]!;
            Assert.InRange((int)place["x"]! + (int)place["w"]!, 1, 24);
        });
        Assert.All(Queries, query => Assert.Equal(query.Count(one => one == '('), query.Count(one => one == ')')));
    }

    /// <summary>The figures of classes are read in the background: a scrape asks for them, and a later one shows them.</summary>
    private static async Task<Dictionary<string, Family>> ScrapeUntilAsync(Grid grid, string metric)
    {
        using var patience = new CancellationTokenSource(Grid.Patience);
        while (true)
        {
            var families = ExpositionParser.Parse(await grid.Http.GetStringAsync("/metrics", patience.Token), open: false);
            if (families.ContainsKey(metric))
            {
                return families;
            }
        }
    }

    private static IEnumerable<string> MetricsOf(string query) => Word().Matches(Labels().Replace(Bare(query), " "))
        .Select(word => word.Value).Where(word => word.Contains('_', StringComparison.Ordinal) && !Functions.Contains(word));

    private static IEnumerable<string> LabelsOf(string query) => Matcher().Matches(query).Select(match => match.Groups["label"].Value)
        .Concat(By().Matches(query).SelectMany(match => match.Groups["labels"].Value.Split(", ")))
        .Where(label => label is not ("instance" or Overflow));

    /// <summary>Without what is in braces, in brackets, and after <c>by</c>.</summary>
    private static string Bare(string query) => By().Replace(query, " ").Replace("messaging_destination_name)", ")", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Labels();

    [GeneratedRegex(@"\bby \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex By();

    [GeneratedRegex(@"[{,]\s*(?<label>[a-z_]+)\s*(=~|!=|!~|=)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"[a-zA-Z_:][a-zA-Z0-9_:]*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Word();
}
