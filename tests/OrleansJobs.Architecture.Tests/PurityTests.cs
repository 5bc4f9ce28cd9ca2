using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class PurityTests
{
    [Fact]
    public void Core_OnlyDecides() => Rule.Holds(Repository.Product.In("src/OrleansJobs.Core").SelectMany(PurityRule.Violations));

    [Theory]
    [InlineData("Task F() => null;")]
    [InlineData("System.Threading.Tasks.ValueTask<int> F() => default;")]
    [InlineData("void F(TimeProvider time) { }")]
    [InlineData("int F() => Random.Shared.Next();")]
    [InlineData("object F() => System.Guid.NewGuid();")]
    [InlineData("string F() => File.ReadAllText(path);")]
    [InlineData("void F() { lock (this) { } }")]
    [InlineData("void F() => G(async () => { });")]
    public void PlantedDeed_IsFound(string member) => Assert.Single(PurityRule.Violations(SourceFile.Planted($"class C {{ {member} }}")));

    [Fact]
    public void Words_InComments_AreLeftAlone() => Assert.Empty(PurityRule.Violations(SourceFile.Planted("/// <summary>No Task.</summary>\nclass C { double Random; }")));
}
