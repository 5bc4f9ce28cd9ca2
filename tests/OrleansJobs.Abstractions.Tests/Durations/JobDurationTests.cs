using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansJobs.Abstractions.Tests.Durations;

public sealed class JobDurationTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    /// <summary>Of every magnitude, from a tick to the longest.</summary>
    private static readonly Arbitrary<TimeSpan> AnyDuration = Arb.From(
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from shift in Gen.Choose(0, 62)
        select TimeSpan.FromTicks((((long)high << 32) | (uint)low) >> shift));

    private static readonly Arbitrary<string> HostileTexts = Arb.From(
        from length in Gen.Choose(0, 40)
        from characters in Gen.ArrayOf(Gen.Elements("0123456789999.,:-+ PTWDHMSYmshdpte/\0é٣\ud800".ToCharArray()), length)
        select new string(characters));

    [Theory]
    [InlineData("250ms", "00:00:00.250")]
    [InlineData("10s", "00:00:10")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData(" 1h 30 m ", "01:30:00")]
    [InlineData("1.5H", "01:30:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("1d2h3m4s5ms", "1.02:03:04.005")]
    [InlineData("0s", "00:00:00")]
    [InlineData("0.00005ms", "00:00:00")]
    [InlineData("0.0001ms", "00:00:00.0000001")]
    [InlineData("0.1234567890123456789012345678901234567890s", "00:00:00.1234568")]
    [InlineData("000000000000000000000000000000000000001s", "00:00:01")]
    [InlineData("PT10S", "00:00:10")]
    [InlineData("pt1.5s", "00:00:01.5")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("P1DT12H", "1.12:00:00")]
    [InlineData("PT1H30M", "01:30:00")]
    [InlineData("00:00:10", "00:00:10")]
    [InlineData("1.00:00:00", "1.00:00:00")]
    [InlineData("00:00:00.0000001", "00:00:00.0000001")]
    [InlineData("10675199.02:48:05.4775807", "10675199.02:48:05.4775807")]
    public void Parse_OfEveryForm_IsTheDuration(string text, string expected) =>
        Assert.Equal(TimeSpan.ParseExact(expected, "c", CultureInfo.InvariantCulture), JobDuration.Parse(text));

    [Theory]
    [InlineData("", "there is nothing to read")]
    [InlineData("90", "a number has no unit")]
    [InlineData("1h30", "a number has no unit")]
    [InlineData("soon", "it is not made of numbers and units")]
    [InlineData("1.s", "it is not made of numbers and units")]
    [InlineData("+5s", "it is not made of numbers and units")]
    [InlineData("1e3s", "'e' is no unit")]
    [InlineData("5sx", "'sx' is no unit")]
    [InlineData("2w", "'w' is no unit")]
    [InlineData("30m1h", "its units do not go from large to small, each once")]
    [InlineData("1s1s", "its units do not go from large to small, each once")]
    [InlineData("-5s", "it is negative; a duration is 0 or more")]
    [InlineData("-00:00:05", "it is negative; a duration is 0 or more")]
    [InlineData("-PT5S", "it is negative; a duration is 0 or more")]
    [InlineData("99999999d", "it is longer than 10675199 days")]
    [InlineData("99999999999999999999999999999999999999999999s", "it is longer than 10675199 days")]
    [InlineData("P1Y", "years and months have no fixed length")]
    [InlineData("P1M", "years and months have no fixed length")]
    [InlineData("P", "there is nothing to read")]
    [InlineData("PT", "there is nothing to read")]
    [InlineData("PT10X", "'X' is no unit")]
    [InlineData("PT1D", "its units do not go from large to small, each once")]
    [InlineData("00:30", "with colons, hours go to 23")]
    [InlineData("24:00:00", "with colons, hours go to 23")]
    [InlineData("--00:00:01", "with colons, hours go to 23")]
    [InlineData("00:00:00.00000001", "with colons, hours go to 23")]
    [InlineData("٣s", "it is not made of numbers and units")]
    public void Parse_OfAnythingElse_SaysWhatIsWrong(string text, string reason)
    {
        var message = Assert.Throws<FormatException>(() => JobDuration.Parse(text)).Message;
        Assert.StartsWith($"'{text}' is no duration: {reason}", message);
        Assert.EndsWith(".", message);
    }

    [Fact]
    public void Parse_OfALongText_ShowsItsBeginningOnly()
    {
        var message = Assert.Throws<FormatException>(() => JobDuration.Parse(new string('x', 10_000))).Message;
        Assert.Contains("…' (10000 characters) is no duration", message);
        Assert.True(message.Length < 300, message);
        Assert.True(JobDuration.TryParse("5" + new string('y', 10_000), out _, out var fault) || fault.Length < 300);
    }

    [Fact]
    public void TryParse_OfNothing_IsAFault()
    {
        Assert.False(JobDuration.TryParse(null, out var duration, out var fault));
        Assert.Equal((TimeSpan.Zero, true), (duration, fault.StartsWith("there is nothing to read", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("00:00:00", "0s")]
    [InlineData("01:30:00", "1h30m")]
    [InlineData("7.00:00:00", "7d")]
    [InlineData("00:00:00.250", "250ms")]
    [InlineData("00:00:01.5005", "1s500.5ms")]
    [InlineData("00:00:00.0000001", "0.0001ms")]
    [InlineData("-00:00:10", "-10s")]
    public void Format_IsShort(string duration, string expected) =>
        Assert.Equal(expected, JobDuration.Format(TimeSpan.Parse(duration, CultureInfo.InvariantCulture)));

    [Fact]
    public void Format_IsReadBack()
    {
        Check.One(Config, Prop.ForAll(AnyDuration, duration => JobDuration.Parse(JobDuration.Format(duration)) == duration));
        Assert.Equal(TimeSpan.MaxValue, JobDuration.Parse(JobDuration.Format(TimeSpan.MaxValue)));
    }

    [Fact]
    public void TimeSpansOwnText_IsReadBack() =>
        Check.One(Config, Prop.ForAll(AnyDuration, duration => JobDuration.Parse(duration.ToString("c")) == duration));

    [Fact]
    public void Parse_OfIsoText_AgreesWithTheFramework() => Check.One(
        Config, Prop.ForAll(AnyDuration, duration => JobDuration.Parse(System.Xml.XmlConvert.ToString(duration)) == duration));

    [Fact]
    public void HostileText_IsReadOrRefused_AndNeverThrows() => Check.One(Config, Prop.ForAll(HostileTexts, text =>
        JobDuration.TryParse(text, out var duration, out var fault)
            ? duration >= TimeSpan.Zero && JobDuration.Parse(JobDuration.Format(duration)) == duration
            : duration == TimeSpan.Zero && fault.Length > 0));
}
