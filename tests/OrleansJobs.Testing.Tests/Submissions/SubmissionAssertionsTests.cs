using OrleansJobs.Testing.Tests.Harness;
using OrleansJobs.Testing.Tests.Sample;

namespace OrleansJobs.Testing.Tests.Submissions;

public sealed class SubmissionAssertionsTests : GridTest
{
    [Fact]
    public async Task AssertSubmitted_OfAPayloadThatIsNotThere_ListsWhatIs()
    {
        await SubmitAsync("Ada");

        var error = Assert.Throws<JobAssertionException>(() => Grid.Jobs.AssertSubmitted<Greet>("greet", greet => greet.Name == "Grace"));

        Assert.Contains("\"Ada\"", error.Message);
    }

    [Fact]
    public void AssertSubmitted_WhenNothingWas_SaysSo()
    {
        var error = Assert.Throws<JobAssertionException>(() => Grid.Jobs.AssertSubmitted<Greet>("greet"));
        Assert.Contains("Nothing was submitted.", error.Message);
    }

    [Fact]
    public async Task AssertSubmitted_Times_CountsExactly()
    {
        await SubmitAsync("Ada");
        await SubmitAsync("Ada");

        Grid.Jobs.AssertSubmitted<Greet>("greet", times: 2);
        Assert.Throws<JobAssertionException>(() => Grid.Jobs.AssertSubmitted<Greet>("greet", times: 1));
    }

    [Fact]
    public async Task ARefusedSubmit_DoesNotCount()
    {
        await Assert.ThrowsAsync<UnknownJobClassException>(() => Grid.Jobs.SubmitAsync("wave", new Greet("Ada")));

        Assert.Single(Grid.Jobs.Submitted);
        Grid.Jobs.AssertNotSubmitted<Greet>("wave");
    }
}
