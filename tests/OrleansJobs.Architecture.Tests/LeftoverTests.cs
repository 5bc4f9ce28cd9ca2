using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class LeftoverTests
{
    [Fact]
    public void Sources_LeaveNothingForLater() => Rule.Holds(Repository.Everything.SelectMany(LeftoverRule.Violations));

    [Theory]
    [InlineData("class C { } // TODO: more")]
    [InlineData("/* FIXME */ class C { }")]
    [InlineData("/// <summary>HACK</summary>\nclass C { }")]
    [InlineData("class C { void F() => throw new System.NotImplementedException(); }")]
    public void PlantedLeftover_IsFound(string text) => Assert.Single(LeftoverRule.Violations(SourceFile.Planted(text)));

    [Fact]
    public void Words_InText_AreLeftAlone() => Assert.Empty(LeftoverRule.Violations(SourceFile.Planted("class C { string F() => \"TODO\"; } // mastodon")));
}
