using OrleansJobs.Telemetry.Prometheus;

namespace OrleansJobs.Telemetry.Tests.Prometheus;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("orleansjobs.wait.duration", "s", nameof(MetricKind.Histogram), "orleansjobs_wait_duration_seconds")]
    [InlineData("orleansjobs.jobs.finished", "{job}", nameof(MetricKind.Counter), "orleansjobs_jobs_finished")]
    [InlineData("requests.total", null, nameof(MetricKind.Counter), "requests")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", nameof(MetricKind.Counter), "dotnet_gc_heap_total_allocated_bytes")]
    [InlineData("cpu.utilization", "1", nameof(MetricKind.Gauge), "cpu_utilization_ratio")]
    [InlineData("things", "1", nameof(MetricKind.Counter), "things")]
    [InlineData("memory.bytes", "By", nameof(MetricKind.Gauge), "memory_bytes")]
    [InlineData("speed", "m/s", nameof(MetricKind.Gauge), "speed_meters_per_second")]
    [InlineData("rate", "{job}/s", nameof(MetricKind.Gauge), "rate_per_second")]
    [InlineData("2fast--2.furious", "ms", nameof(MetricKind.Gauge), "_2fast_2_furious_milliseconds")]
    [InlineData("größe", "parsec", nameof(MetricKind.Gauge), "gr_e_parsec")]
    [InlineData("a:b", null, nameof(MetricKind.Gauge), "a:b")]
    public void Name_FollowsTheRules(string name, string? unit, string kind, string expected) =>
        Assert.Equal(expected, MetricNames.Of(name, unit, Enum.Parse<MetricKind>(kind)));

    [Theory]
    [InlineData("messaging.destination.name", "messaging_destination_name")]
    [InlineData("1st", "_1st")]
    [InlineData("a:b", "a_b")]
    [InlineData("__secret__", "_secret_")]
    [InlineData("", "_")]
    public void Label_IsLegal(string key, string expected) => Assert.Equal(expected, MetricNames.Label(key));

    [Fact]
    public void Labels_AreSortedEscaped_AndJoinedWhereTheyAreTheSame() => Assert.Equal(
        """a_b="2;1",c="say \"hi\"\\\n",d="",e="true",f="1.5" """.TrimEnd(),
        LabelText.Of([new("f", 1.5), new("e", true), new("d", null), new("c", "say \"hi\"\\\n"), new("a_b", 1), new("a.b", 2)]));
}
