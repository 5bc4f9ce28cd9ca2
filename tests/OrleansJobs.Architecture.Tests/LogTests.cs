using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class LogTests
{
    [Fact]
    public void Sources_DeclareTheirLogMessages() => Rule.Holds(Repository.Product.SelectMany(LogRule.Violations));

    [Theory]
    [InlineData("logger.LogInformation(\"hello\")")]
    [InlineData("_logger?.LogError(exception, \"hello\")")]
    [InlineData("this.Logger.LogDebug(\"{Job}\", id)")]
    [InlineData("LoggerExtensions.LogWarning(logger, \"hello\")")]
    public void PlantedCall_IsFound(string call) =>
        Assert.Single(LogRule.Violations(SourceFile.Planted($"class C {{ void F() {{ {call}; }} }}")));

    [Theory]
    [InlineData("LogBroken(logger, exception)")]
    [InlineData("inner.Log(level, id, state, exception, formatter)")]
    public void OtherCall_IsLeftAlone(string call) =>
        Assert.Empty(LogRule.Violations(SourceFile.Planted($"class C {{ void F() {{ {call}; }} }}")));
}
