using OrleansJobs.Architecture.Tests.Rules;

namespace OrleansJobs.Architecture.Tests;

public sealed class SleepTests
{
    [Fact]
    public void Tests_DoNotWaitByTheClock() =>
        Rule.Holds(Repository.Tests.Where(file => !SleepRule.Exempt.ContainsKey(file.Path)).SelectMany(SleepRule.Violations));

    [Fact]
    public void Exemptions_AreNeededAndHaveAReason() => Assert.All(SleepRule.Exempt, entry =>
    {
        Assert.NotEmpty(entry.Value);
        Assert.Contains(Repository.Tests, file => file.Path == entry.Key && SleepRule.Violations(file).Any());
    });

    [Theory]
    [InlineData("Task.Delay(100)")]
    [InlineData("Task.Delay(TimeSpan.FromSeconds(1), token)")]
    [InlineData("System.Threading.Thread.Sleep(5)")]
    public void PlantedSleep_IsFound(string expression) =>
        Assert.Single(SleepRule.Violations(SourceFile.Planted($"class C {{ object F() => {expression}; }}", "tests/P/C.cs")));

    [Theory]
    [InlineData("Task.Delay(Timeout.Infinite, token)")]
    [InlineData("Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, context.CancellationToken)")]
    [InlineData("Task.Delay(TimeSpan.FromSeconds(1), _time, token)")]
    [InlineData("finished.Task.WaitAsync(Limit)")]
    public void OtherWait_IsLeftAlone(string expression) =>
        Assert.Empty(SleepRule.Violations(SourceFile.Planted($"class C {{ object F() => {expression}; }}", "tests/P/C.cs")));
}
