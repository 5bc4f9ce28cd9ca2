using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Grains.Tests.Wire;

/// <summary>Whatever a grain call can carry arrives with all that it had: no property is forgotten.</summary>
public sealed class TravellingTypeTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().AddOrleansJobsClient().BuildServiceProvider();

    public static TheoryData<string> Names => new(TravellingTypes.All.Keys);

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    [Fact]
    public void Types_AreFound()
    {
        Assert.Contains(typeof(JobRecord), TravellingTypes.All.Values);
        Assert.Contains(typeof(JobError), TravellingTypes.All.Values);
        Assert.Contains(typeof(StopOrder), TravellingTypes.All.Values);
        Assert.True(TravellingTypes.All.Count >= 49, $"{TravellingTypes.All.Count} types");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Type_ArrivesWithAllThatItHad(string name)
    {
        var sent = WireSample.Of(TravellingTypes.All[name]);

        var arrived = Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(sent))!;

        Assert.Equal(WireSample.Seen(sent).GetRawText(), WireSample.Seen(arrived).GetRawText());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sample_HasNothingAtItsDefault(string name)
    {
        var type = TravellingTypes.All[name];
        var sample = WireSample.Of(type);
        var bare = type.IsGenericTypeDefinition ? RuntimeHelpers.GetUninitializedObject(sample.GetType()) : WireSample.Bare(type);

        Assert.All(TravellingTypes.Stored(sample.GetType()), property => Assert.NotEqual(property.GetValue(bare), property.GetValue(sample)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Type_IsNotCopiedInsideOneSilo(string name)
    {
        var sample = WireSample.Of(TravellingTypes.All[name]);

        var copy = _services.GetRequiredService<DeepCopier>().Copy<object>(sample);

        if (!sample.GetType().IsValueType)
        {
            Assert.Same(sample, copy);
        }
    }

    public void Dispose() => _services.Dispose();
}
