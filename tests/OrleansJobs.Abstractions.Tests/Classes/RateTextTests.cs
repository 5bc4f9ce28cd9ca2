using FsCheck;
using FsCheck.Fluent;

namespace OrleansJobs.Abstractions.Tests.Classes;

public sealed class RateTextTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    private static readonly Arbitrary<Rate> ValidRates = Arb.From(
        from permits in Gen.OneOf(Gen.Choose(1, 100), Gen.Choose(1, Rate.MaxPermits))
        from burst in Gen.OneOf(Gen.Choose(1, 100), Gen.Choose(1, Rate.MaxPermits))
        from usual in Gen.Elements(true, false)
        from ticks in Gen.OneOf(
            Gen.Choose((int)Rate.MinPeriod.Ticks, int.MaxValue).Select(few => (long)few), Gen.Choose(1, 86_400_000).Select(many => many * 10_000L), Gen.Elements(10_000L, 10_000_000L, 600_000_000L, 36_000_000_000L, 864_000_000_000L))
        select Rate.Per(TimeSpan.FromTicks(ticks), permits, usual ? null : burst));

    private static readonly Arbitrary<string> HostileTexts = Arb.From(
        from length in Gen.Choose(0, 30)
        from characters in Gen.ArrayOf(Gen.Elements("01599/// sSmhdPT:.-burst unlimited\0é\ud800".ToCharArray()), length)
        select new string(characters));

    public static TheoryData<string, Rate> Rates => new()
    {
        { "50/s", Rate.PerSecond(50) },
        { "100/m", Rate.PerMinute(100) },
        { "10/5s", Rate.Per(TimeSpan.FromSeconds(5), 10) },
        { "1/h", Rate.Per(TimeSpan.FromHours(1), 1) },
        { " 7 / 1h30m ", Rate.Per(TimeSpan.FromMinutes(90), 7) },
        { "3/250ms", Rate.Per(TimeSpan.FromMilliseconds(250), 3) },
        { "4/PT10S", Rate.Per(TimeSpan.FromSeconds(10), 4) },
        { "4/00:00:10", Rate.Per(TimeSpan.FromSeconds(10), 4) },
        { "50/s burst 20", Rate.PerSecond(50, burst: 20) },
        { "50/1S BURST 20", Rate.PerSecond(50, burst: 20) },
        { "1000000/ms", new Rate(1_000_000, TimeSpan.FromMilliseconds(1), 1_000_000) },
        { "Unlimited", Rate.Unlimited },
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Parse_OfEveryForm_IsTheRate(string text, Rate expected) => Assert.Equal(expected, Rate.Parse(text));

    [Theory]
    [InlineData("", "there is nothing to read")]
    [InlineData("50", "it has no period")]
    [InlineData("50/", "it has no period")]
    [InlineData("50/ burst 5", "it has no period")]
    [InlineData("/s", "its starts have to be a whole number from 1 to 1000000")]
    [InlineData("0/s", "its starts have to be a whole number from 1 to 1000000")]
    [InlineData("-1/s", "its starts have to be a whole number from 1 to 1000000")]
    [InlineData("1.5/s", "its starts have to be a whole number from 1 to 1000000")]
    [InlineData("99999999999/s", "its starts have to be a whole number from 1 to 1000000")]
    [InlineData("5/s burst", "its burst has to be a whole number from 1 to 1000000")]
    [InlineData("5/s burst 0", "its burst has to be a whole number from 1 to 1000000")]
    [InlineData("5/0s", "its period has to be from 1ms to 1d")]
    [InlineData("5/2d", "its period has to be from 1ms to 1d")]
    [InlineData("5/-1s", "its period has to be from 1ms to 1d")]
    [InlineData("5/10", "its period is wrong: a number has no unit")]
    [InlineData("5/s/s", "its period is wrong: it is not made of numbers and units")]
    [InlineData("5/x", "its period is wrong: 'x' is no unit")]
    [InlineData("many", "it has no period")]
    public void Parse_OfAnythingElse_SaysWhatIsWrong(string text, string reason) =>
        Assert.StartsWith($"'{text}' is no rate: {reason}", Assert.Throws<FormatException>(() => Rate.Parse(text)).Message);

    [Fact]
    public void ToString_IsShort()
    {
        Assert.Equal("50/s", Rate.PerSecond(50).ToString());
        Assert.Equal("50/s burst 9", Rate.PerSecond(50, burst: 9).ToString());
        Assert.Equal("10/5s", Rate.Per(TimeSpan.FromSeconds(5), 10).ToString());
        Assert.Equal("10/1h30m", Rate.Per(TimeSpan.FromMinutes(90), 10).ToString());
        Assert.Equal("1/ms burst 1", new Rate(1, TimeSpan.FromMilliseconds(1), 1).ToString());
        Assert.Equal("unlimited", Rate.Unlimited.ToString());
    }

    [Fact]
    public void ToString_IsReadBack() => Check.One(Config, Prop.ForAll(ValidRates, rate => Rate.Parse(rate.ToString()) == rate));

    [Fact]
    public void HostileText_IsReadOrRefused_AndNeverThrows() => Check.One(Config, Prop.ForAll(HostileTexts, text =>
        Rate.TryParse(text, out var rate, out var fault) ? Rate.Parse(rate.ToString()) == rate : rate.IsUnlimited && fault.Length > 0));
}
