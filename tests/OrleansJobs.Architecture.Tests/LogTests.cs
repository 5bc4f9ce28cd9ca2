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

    [Fact]
    public void BooksAreKept_WhateverTheLogThrows() =>
        Rule.Holds(Repository.Product.In(ContainedLogRule.Folders).SelectMany(ContainedLogRule.Violations));

    [Theory]
    [InlineData("class C(ILogger<C> logger) { void F() { LogIt(logger); } [LoggerMessage] static partial void LogIt(ILogger logger); }")]
    [InlineData("class C { ILogger log; C(ILogger log) { this.log = log; } [LoggerMessage] static partial void LogIt(ILogger logger); }")]
    public void PlantedLogger_IsFound(string text) => Assert.Single(ContainedLogRule.Violations(SourceFile.Planted(text)));

    [Theory]
    [InlineData("class C(ILogger<C> logger) { void F() { LogIt(logger.Contained()); } [LoggerMessage] static partial void LogIt(ILogger logger); }")]
    [InlineData("class C(ILogger<C> logger) { Other other = new(logger); }")]
    public void ContainedLogger_IsLeftAlone(string text) => Assert.Empty(ContainedLogRule.Violations(SourceFile.Planted(text)));
}
