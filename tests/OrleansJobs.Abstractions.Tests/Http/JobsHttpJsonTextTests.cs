using System.Text;
using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Abstractions.Tests.Http;

public sealed class JobsHttpJsonTextTests
{
    [Theory]
    [InlineData("10s")]
    [InlineData("PT10S")]
    [InlineData("00:00:10")]
    public void Delay_InEveryForm_IsRead(string text) =>
        Assert.Equal(TimeSpan.FromSeconds(10), Read<SubmitRequest>($$"""{"delay":"{{text}}"}""").Delay);

    [Theory]
    [InlineData("10")]
    [InlineData("\"10\"")]
    [InlineData("\"soon\"")]
    public void Delay_WithoutAUnit_IsRefusedInASentence(string json) => Assert.Equal(
        $"Property 'delay' is {json}; expected a duration with its unit, such as 250ms, 10s, 1h30m, 2d, PT10S or 00:00:10.",
        Assert.Throws<InvalidRequestException>(() => Read<SubmitRequest>($$"""{"delay":{{json}}}""")).Message);

    /// <summary>So that its range is told by who knows it.</summary>
    [Fact]
    public void Delay_BelowZero_IsRead() => Assert.Equal(TimeSpan.FromSeconds(-5), Read<SubmitRequest>("""{"delay":"-00:00:05"}""").Delay);

    [Theory]
    [InlineData("\"50/s\"")]
    [InlineData("{\"permits\":50}")]
    [InlineData("{\"permits\":50,\"period\":\"1s\",\"burst\":5}")]
    public void Rate_AsTextOrObject_IsRead(string json) =>
        Assert.Equal(Rate.PerSecond(50), Read<JobClassChange>($$"""{"rate":{{json}}}""").Rate);

    [Fact]
    public void Durations_AreWrittenAsTimeSpansAre() => Assert.Equal(
        """{"rate":{"permits":50,"period":"00:00:01","burst":5}}""",
        JsonSerializer.Serialize(new JobClassChange { Rate = Rate.PerSecond(50) }, JobsHttpJson.Options));

    private static T Read<T>(string json) where T : class => StrictJson.Read<T>(Encoding.UTF8.GetBytes(json));
}
