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

    [Fact]
    public async Task Assertions_ByADeclaredClass_KnowItsPayload()
    {
        var job = await Grid.Jobs.SubmitAsync(Greet.Class, new Greet("Ada"));
        await Grid.Jobs.SubmitManyAsync(Greet.Class, [new Greet("Grace"), new Greet("Joan")], greet => new() { Tenant = greet.Name });

        Assert.Equal(job.Id, Grid.Jobs.AssertSubmitted(Greet.Class, greet => greet.Name == "Ada").Submission.Id);
        Grid.Jobs.AssertSubmitted(Greet.Class, times: 3);
        Grid.Jobs.AssertNotSubmitted(Greet.Class, greet => greet.Name == "Alan");
        Assert.Equal("Joan", Grid.Jobs.Submitted[2].Submission.Options.Tenant);
    }

    [Fact]
    public async Task APayloadThatIsNotValid_MatchesNothing()
    {
        await Grid.Jobs.SubmitAsync(new JobSubmission { JobClass = "greet", Payload = "{}"u8.ToArray() });

        Grid.Jobs.AssertNotSubmitted(Greet.Class);
    }
}
