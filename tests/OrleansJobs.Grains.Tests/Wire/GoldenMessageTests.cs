using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>
/// Silos of two versions understand one another while a cluster is upgraded: what the version before wrote is read, and what is written is
/// what it wrote. Golden/messages.txt has two lines a type, of a sample with everything in it and of a bare one: the name, the bytes, what is seen of it.
/// </summary>
public sealed class GoldenMessageTests : IDisposable
{
    private const string Bare = " (bare)";
    private static readonly string File = GoldenFile.Path("messages.txt");

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddOrleansJobsClient().BuildServiceProvider();

    public static TheoryData<string> Names => new(Messages.Keys);

    private static Dictionary<string, (byte[] Bytes, JsonElement Seen)> Messages { get; } = System.IO.File.Exists(File) ? Read() : [];

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_OfTheVersionBefore_IsRead(string name)
    {
        var (bytes, seen) = Messages[name];

        var arrived = WireSample.Seen(Serializer.Deserialize<object>(bytes)!);

        AssertHas(seen, arrived);
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Message_ThatHasNotGrown_IsWrittenAsBefore(string name)
    {
        var (bytes, seen) = Messages[name];
        var sample = Sample(name);
        Skip.If(seen.GetRawText() != WireSample.Seen(sample).GetRawText(), "The type has grown since.");

        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(Serializer.SerializeToArray<object>(sample)));
    }

    [Fact]
    public void Messages_AreWrittenOnRequest()
    {
        if (Environment.GetEnvironmentVariable("WRITE_GOLDEN_MESSAGES") == "1")
        {
            System.IO.File.WriteAllLines(File, TravellingTypes.All.Keys.SelectMany(name => new[] { name, name + Bare }).Select(Line));
        }

        Assert.True(System.IO.File.Exists(File), "Run with WRITE_GOLDEN_MESSAGES=1 on the version that others are to be compared with.");
    }

    public void Dispose() => _services.Dispose();

    private static Dictionary<string, (byte[] Bytes, JsonElement Seen)> Read() => System.IO.File.ReadLines(File)
        .Select(line => line.Split('\t'))
        .ToDictionary(parts => parts[0], parts => (Convert.FromBase64String(parts[1]), JsonDocument.Parse(parts[2]).RootElement));

    private static object Sample(string name) => name.EndsWith(Bare, StringComparison.Ordinal)
        ? WireSample.Bare(TravellingTypes.All[name[..^Bare.Length]])
        : WireSample.Of(TravellingTypes.All[name]);

    /// <summary>What the version before knew is there; a type may have got more since.</summary>
    private static void AssertHas(JsonElement seen, JsonElement arrived)
    {
        if (seen.ValueKind == JsonValueKind.Object)
        {
            Assert.All(seen.EnumerateObject(), property => AssertHas(property.Value, arrived.GetProperty(property.Name)));
        }
        else if (seen.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(seen.GetArrayLength(), arrived.GetArrayLength());
            Assert.All(seen.EnumerateArray().Zip(arrived.EnumerateArray()), pair => AssertHas(pair.First, pair.Second));
        }
        else
        {
            Assert.Equal(seen.GetRawText(), arrived.GetRawText());
        }
    }

    private string Line(string name)
    {
        var sample = Sample(name);
        var bytes = Serializer.SerializeToArray<object>(sample);
        Assert.Equal(WireSample.Seen(sample).GetRawText(), WireSample.Seen(Serializer.Deserialize<object>(bytes)!).GetRawText());
        return $"{name}\t{Convert.ToBase64String(bytes)}\t{WireSample.Seen(sample).GetRawText()}";
    }
}
