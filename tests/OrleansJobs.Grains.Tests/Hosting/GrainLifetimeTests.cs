using OrleansJobs.Grains.Jobs;

namespace OrleansJobs.Grains.Tests.Hosting;

/// <summary>
/// The collector of Orleans 10.4 files activations by the wall clock, and throws for each new one once that was set back. So it has none of the grid's.
/// </summary>
public sealed class GrainLifetimeTests
{
    public static TheoryData<string> Grains => new(typeof(JobGrain).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Grain)) && !type.IsAbstract).Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Grains))]
    public void Grain_IsNotLeftToTheCollector(string grain) =>
        Assert.NotEmpty(typeof(JobGrain).Assembly.GetType(grain)!.GetCustomAttributes(typeof(KeepAliveAttribute), inherit: false));
}
