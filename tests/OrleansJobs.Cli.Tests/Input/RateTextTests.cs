using OrleansJobs.Cli.Input;

namespace OrleansJobs.Cli.Tests.Input;

public sealed class RateTextTests
{
    public static TheoryData<string, Rate> Rates => new()
    {
        { "50/s", Rate.PerSecond(50) },
        { "100/m", Rate.PerMinute(100) },
        { "10/5s", Rate.Per(TimeSpan.FromSeconds(5), 10) },
        { "3/250ms", Rate.Per(TimeSpan.FromMilliseconds(250), 3) },
        { "unlimited", Rate.Unlimited },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void ARate_IsRead(string text, Rate expected)
    {
        Assert.True(RateText.TryParse(text, out var rate));
        Assert.Equal(expected, rate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("50")]
    [InlineData("50/")]
    [InlineData("/s")]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("5/0s")]
    [InlineData("5/s/s")]
    [InlineData("5/x")]
    public void AnythingElse_IsRefused(string text) => Assert.False(RateText.TryParse(text, out _));
}
