using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class ClockTests
{
    [Fact]
    public void Sources_TakeTheTimeFromAProvider() => Rule.Holds(Repository.Product.In("src", "silo", "client", "samples").SelectMany(ClockRule.Violations));

    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("System.DateTime.Now")]
    [InlineData("DateTime.Today.AddDays(1)")]
    [InlineData("DateTimeOffset.UtcNow.Ticks")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("System.Diagnostics.Stopwatch.StartNew()")]
    [InlineData("Stopwatch.GetTimestamp()")]
    [InlineData("Environment.TickCount64")]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("Guid.CreateVersion7()")]
    public void PlantedClock_IsFound(string expression) =>
        Assert.Single(ClockRule.Violations(SourceFile.Planted($"class C {{ object F() => {expression}; }}")));

    [Theory]
    [InlineData("time.GetUtcNow()")]
    [InlineData("Guid.CreateVersion7(now)")]
    [InlineData("DateTimeOffset.UnixEpoch")]
    [InlineData("\"DateTime.UtcNow\"")]
    public void OtherExpression_IsLeftAlone(string expression) =>
        Assert.Empty(ClockRule.Violations(SourceFile.Planted($"class C {{ object F() => {expression}; }} // DateTime.UtcNow")));
}
