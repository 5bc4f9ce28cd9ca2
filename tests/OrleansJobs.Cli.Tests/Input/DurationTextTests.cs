using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Tests.Input;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("30s", "00:00:30")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("250ms", "00:00:00.250")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("00:00:05", "00:00:05")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("0s", "00:00:00")]
    public void ADuration_IsRead(string text, string expected)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.Parse(expected), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("soon")]
    [InlineData("5sx")]
    [InlineData("5:")]
    [InlineData("99999999999999d")]
    public void AnythingElse_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));
}
