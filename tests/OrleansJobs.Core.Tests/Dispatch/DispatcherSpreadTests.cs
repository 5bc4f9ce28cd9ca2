using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Core.Tests.Dispatch;

public sealed class DispatcherSpreadTests
{
    private const int Rounds = 200;

    [Fact]
    public void NoSilo_HasNoClass() => Assert.Empty(DispatcherSpread.Assign(new Dictionary<string, IReadOnlyCollection<string>>()));

    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 5)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(7, 3)]
    [InlineData(5, 40)]
    public void Classes_AreSpreadEvenly(int silos, int classes)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var homes = Assign(Silos(round, silos), classes);
            var loads = Silos(round, silos).Select(silo => homes.Values.Count(home => home == silo)).ToList();

            Assert.Equal(classes, homes.Count);
            Assert.True(loads.Max() - loads.Min() <= 1, string.Join(", ", loads));
        }
    }

    [Fact]
    public void Answer_DoesNotDependOnTheOrderOfTheNames()
    {
        var silos = Silos(1, 4);
        Assert.Equal(Assign(silos, 20).OrderBy(home => home.Key), Assign([.. silos.Reverse()], 20).OrderBy(home => home.Key));
    }

    /// <summary>A silo that comes has to get its share; of the other classes few move.</summary>
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 12)]
    [InlineData(9, 60)]
    public void SiloThatComes_MovesFewClasses(int silos, int classes)
    {
        var (moved, needed) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var (before, after) = (Assign(Silos(round, silos), classes), Assign(Silos(round, silos + 1), classes));
            moved += before.Count(home => after[home.Key] != home.Value);
            needed += after.Values.Count(home => home == Silos(round, silos + 1)[^1]);
        }

        Assert.InRange(moved, needed, needed * 2);
    }

    [Fact]
    public void Class_GoesToASiloThatHasIt_HoweverFullThatIs()
    {
        var all = Enumerable.Range(0, 6).Select(Name).ToList();
        var homes = DispatcherSpread.Assign(new Dictionary<string, IReadOnlyCollection<string>> { ["old"] = [Name(0)], ["new"] = all });

        Assert.Equal(6, homes.Count);
        Assert.All(all.Skip(1), jobClass => Assert.Equal("new", homes[jobClass]));
    }

    /// <summary>Silos of two versions of a program must come to the same answer.</summary>
    [Fact]
    public void Answer_StaysWhatItWas() => Assert.Equal(
        "b c a b c",
        string.Join(' ', Assign(["a", "b", "c"], 5).OrderBy(home => home.Key, StringComparer.Ordinal).Select(home => home.Value)));

    private static string Name(int index) => $"class{index}";

    private static string[] Silos(int round, int count) => [.. Enumerable.Range(0, count).Select(index => $"S10.0.{round}.{index}:11111:{round * 7}")];

    private static IReadOnlyDictionary<string, string> Assign(string[] silos, int classes) => DispatcherSpread.Assign(
        silos.ToDictionary(silo => silo, _ => (IReadOnlyCollection<string>)[.. Enumerable.Range(0, classes).Select(Name)]));
}
