using System.Globalization;

namespace OrleansJobs.Telemetry.Tests.Prometheus;

/// <summary>A metric as the parser found it.</summary>
internal sealed class Family(string name)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public string Name => name;

    public string Type { get; set; } = "";

    public List<Sample> Samples { get; } = [];

    public void Add(Sample sample, bool open)
    {
        string[] allowed = Type switch
        {
            "counter" when open => [name + "_total", name + "_created"],
            "info" => [name + "_info"],
            "histogram" when open => [name + "_bucket", name + "_sum", name + "_count", name + "_created"],
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
        ExpositionParser.Require(allowed.Contains(sample.Name), $"{sample.Name} is no sample of the {Type} {name}");
        ExpositionParser.Require(_seen.Add(sample.Name + "{" + sample.LabelText), $"{sample.Name}{{{sample.LabelText}}} comes twice");
        Samples.Add(sample);
    }

    /// <summary>Counters do not fall below zero; buckets rise, end with all, and are as many as the count says.</summary>
    public void Check()
    {
        ExpositionParser.Require(Type.Length > 0 && Samples.Count > 0, $"{name} is empty");
        ExpositionParser.Require(Type != "counter" || Samples.TrueForAll(sample => sample.Value >= 0), $"{name} is below zero");
        foreach (var series in Samples.Where(sample => sample.Name == name + "_bucket").GroupBy(sample => sample.WithoutBound))
        {
            var bounds = series.Select(sample => BoundOf(sample.Labels["le"])).ToArray();
            ExpositionParser.Require(bounds.SequenceEqual(bounds.Order()) && bounds[^1] == double.PositiveInfinity, $"the buckets of {name} are not in order");
            var counts = series.Select(sample => sample.Value).ToArray();
            ExpositionParser.Require(counts.SequenceEqual(counts.Order()), $"the buckets of {name} fall");
            var count = Samples.Single(sample => sample.Name == name + "_count" && sample.LabelText == series.Key);
            ExpositionParser.Require(count.Value == counts[^1], $"the count of {name} is not that of its buckets");
        }
    }

    private static double BoundOf(string text) => text == "+Inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A line with a value.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string LabelText)
{
    /// <summary>The labels of the histogram that a bucket belongs to.</summary>
    public string WithoutBound => LabelText[..Math.Max(0, LabelText.LastIndexOf("le=\"", StringComparison.Ordinal) - 1)];
}
