namespace OrleansJobs.Script.Tests.Samples;

/// <summary>What a page may leave open of what a command prints, and what not.</summary>
public sealed class SampleOutputTests
{
    [Theory]
    [InlineData("a\nb", "a\nb\n")]
    [InlineData("…\nb", "x\ny\nb\n")]
    [InlineData("a\n…", "a\nx\ny\n")]
    [InlineData("a\n…\nb", "a\nb\n")]
    [InlineData("", "whatever\n")]
    [InlineData("ready in 2.5 s", "ready in 0.1 s\n")]
    [InlineData("ID   STATE", "ID     STATE\n")]
    [InlineData("at 2026-11-22 02:23:13.937Z", "at 2027-01-01 00:00:00Z\n")]
    [InlineData("01a20110-8f81-7fe3-abd4-0604945719e2 Queued", "01b20110-8f81-7fe3-abd4-000000000000 Queued\n")]
    public void PageThatIsRight_HasNoDifference(string page, string printed) => Assert.Null(SampleOutput.Difference(Lines(page), printed, countsVary: false));

    [Theory]
    [InlineData("a\nb", "a\nc\n", "The page shows 'b', printed was 'c'.")]
    [InlineData("a\nb", "a\n", "The page shows 'b', printed was ''.")]
    [InlineData("a", "a\nb\n", "The page does not show 'b'.")]
    [InlineData("a\nb", "a\nx\nb\n", "The page shows 'b', printed was 'x'.")]
    [InlineData("…\nb", "x\ny\n", "The page shows 'b', printed was ''.")]
    [InlineData("1000 jobs", "999 jobs\n", "The page shows '1000 jobs', printed was '999 jobs'.")]
    public void PageThatIsWrong_IsToldByItsLine(string page, string printed, string difference) =>
        Assert.Equal(difference, SampleOutput.Difference(Lines(page), printed, countsVary: false));

    [Fact]
    public void NumbersOfOneRun_AreLeftOpen_WhereTheyVary() => Assert.Null(SampleOutput.Difference(["12 files, 3,600 bytes"], "7 files, 41 bytes\n", countsVary: true));

    [Fact]
    public void StepsOfAPage_AreItsCommandsWithTheirOutput()
    {
        var steps = SampleStep.Of("text\n\n    $ one \\\n         two\n    out\n    $ three\n\n    not a command\n");

        Assert.Equal(["one  two", "three"], steps.Select(step => step.Command));
        Assert.Equal([["out"], []], steps.Select(step => step.Lines));
    }

    private static string[] Lines(string page) => page.Length == 0 ? [] : page.Split('\n');
}
