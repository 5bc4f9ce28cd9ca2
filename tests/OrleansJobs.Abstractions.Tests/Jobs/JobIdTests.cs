using System.Text.Json;

namespace OrleansJobs.Abstractions.Tests.Jobs;

public sealed class JobIdTests
{
    private const string Text = "0193b5f2-7c1e-7d3a-9f1b-2a4c6e8f0a1b";
    private static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void New_IsAUuidOfVersion7WithRandomBitsOfItsOwn()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => JobId.New().ToString()).ToList();

        Assert.All(ids, id => Assert.Equal('7', id[14]));
        Assert.All(ids, id => Assert.Contains(id[19], "89ab"));
        Assert.Equal(ids.Count, ids.Select(id => id[20..]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void New_SortsAfterEarlierOnes_AlsoWithinAMillisecond()
    {
        var ids = Enumerable.Range(0, 20_000).Select(_ => JobId.New()).ToArray();

        Assert.Equal(ids.Order(), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(7, id.Value.Version));
    }

    [Fact]
    public void New_TellsTheTime()
    {
        var before = TimeProvider.System.GetUtcNow();
        var made = Convert.ToInt64(JobId.New().ToString().Replace("-", "", StringComparison.Ordinal)[..12], 16);

        Assert.InRange(made, before.ToUnixTimeMilliseconds(), before.AddMinutes(1).ToUnixTimeMilliseconds());
    }

    [Fact]
    public void New_IsAUuidOfVersionSevenAndNeverTheSame()
    {
        var ids = Enumerable.Range(0, 1_000).Select(_ => JobId.New()).ToHashSet();

        Assert.Equal(1_000, ids.Count);
        Assert.All(ids, id => Assert.Equal(7, id.Value.Version));
    }

    [Fact]
    public void New_SortsByTime()
    {
        var ids = Enumerable.Range(0, 500).Select(n => JobId.New(Now.AddMilliseconds(n * 7_919))).ToArray();

        Assert.Equal(ids, ids.Order());
        Assert.True(ids[0] < ids[1] && ids[1] > ids[0] && ids[0] <= ids[1] && ids[1] >= ids[0]);
        Assert.Equal(ids.Select(id => id.ToString()), ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parse_ReadsWhatToStringWrites()
    {
        Assert.Equal(Text, JobId.Parse(Text).ToString());
        Assert.Equal(JobId.Parse(Text), JobId.Parse(Text.ToUpperInvariant()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Parse_OfNoId_IsRefused(string? text)
    {
        Assert.False(JobId.TryParse(text, null, out _));
        var error = Assert.Throws<FormatException>(() => JobId.Parse(text!));
        Assert.Contains($"'{text}' is not a job id", error.Message);
    }

    [Fact]
    public void Json_IsTheText()
    {
        Assert.Equal($"\"{Text}\"", JsonSerializer.Serialize(JobId.Parse(Text)));
        Assert.Equal(JobId.Parse(Text), JsonSerializer.Deserialize<JobId>($"\"{Text}\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobId>("\"42\""));
    }
}
