using OrleansJobs.Testing.Tests.Sample;

namespace OrleansJobs.Testing.Tests.Harness;

public sealed class JobTestGridTests : GridTest
{
    [Fact]
    public async Task RunDue_RunsWhatIsDue_AndNothingElse()
    {
        var now = await SubmitAsync("Ada");
        var later = await SubmitAsync("Grace", new SubmitOptions { Delay = TimeSpan.FromHours(1) });

        await Grid.RunDueAsync();

        await Grid.AssertStateAsync(now.Id, JobState.Succeeded);
        await Grid.AssertStateAsync(later.Id, JobState.Scheduled);
        Assert.Equal(["Ada"], Greetings.Names);
    }

    [Fact]
    public async Task Advance_RunsAJob_NotBeforeItIsDue()
    {
        var job = await SubmitAsync("Grace", new SubmitOptions { Delay = TimeSpan.FromHours(1) });

        await Grid.AdvanceAsync(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await Grid.AssertStateAsync(job.Id, JobState.Scheduled);
        await Grid.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        await Grid.AssertStateAsync(job.Id, JobState.Succeeded);
    }

    [Fact]
    public async Task Advance_RunsEachAttempt_AtItsTime()
    {
        var job = await SubmitAsync("rude");
        await Grid.RunDueAsync();
        await Grid.AssertStateAsync(job.Id, JobState.Retrying);

        await Grid.AdvanceAsync(Backoff);
        Assert.Equal(2, Greetings.Names.Count);
        await Grid.AdvanceAsync(10 * Backoff);

        var dead = await Grid.AssertStateAsync(job.Id, JobState.DeadLettered);
        Assert.Equal(3, dead.Attempt);
        Assert.Equal(Grid.Time.Start + (2 * Backoff), dead.FinishedAt);
    }

    [Fact]
    public async Task RunAll_GoesThroughRetriesSnoozesAndDelays()
    {
        var rude = await SubmitAsync("rude");
        var sleepy = await SubmitAsync("sleepy");
        var later = await SubmitAsync("Ada", new SubmitOptions { Delay = TimeSpan.FromHours(20) });

        await Grid.RunAllAsync();

        await Grid.AssertStateAsync(rude.Id, JobState.DeadLettered);
        await Grid.AssertStateAsync(sleepy.Id, JobState.Succeeded);
        await Grid.AssertStateAsync(later.Id, JobState.Succeeded);
        Assert.Equal(Grid.Time.Start + TimeSpan.FromHours(20), Grid.Time.GetUtcNow());
    }

    [Fact]
    public async Task RunAll_KeepsTheRate()
    {
        await Grid.Jobs.ChangeClassAsync("greet", new JobClassChange { Rate = Rate.PerMinute(1) });
        for (var i = 0; i < 5; i++)
        {
            await SubmitAsync($"guest {i}");
        }

        await Grid.RunAllAsync();

        Assert.Equal(5, Greetings.Names.Count);
        Assert.InRange(Grid.Time.GetUtcNow() - Grid.Time.Start, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task RunAll_LeavesAPausedClass()
    {
        await Grid.Jobs.PauseAsync("greet");
        var job = await SubmitAsync("Ada");

        await Grid.RunAllAsync();

        await Grid.AssertStateAsync(job.Id, JobState.Queued);
    }

    [Fact]
    public async Task Time_MovedPastTheTimeout_EndsTheAttempt()
    {
        var job = await SubmitAsync("slow");
        await Greetings.First;

        Grid.Time.Advance(TimeSpan.FromMinutes(10));

        var failed = await Grid.WaitForAsync(job.Id, JobState.Retrying);
        Assert.Contains("timeout", failed.LastError!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task AssertState_OfAnotherState_SaysWhereTheJobStands()
    {
        var job = await SubmitAsync("rude");
        await Grid.RunDueAsync();

        var error = await Assert.ThrowsAsync<JobAssertionException>(() => Grid.AssertStateAsync(job.Id, JobState.Succeeded));

        Assert.Contains("Retrying", error.Message);
        Assert.Contains("Not with me.", error.Message);
    }

    [Fact]
    public async Task WaitFor_AStateThatCannotComeAnyMore_SaysSo()
    {
        var job = await SubmitAsync("Ada");
        await Grid.RunDueAsync();
        await Assert.ThrowsAsync<JobAssertionException>(() => Grid.WaitForAsync(job.Id, JobState.Cancelled));
    }

    [Fact]
    public async Task AssertSubmitted_KnowsTheClassByItsPayload()
    {
        await SubmitAsync("Ada", new SubmitOptions { Tenant = "acme" });

        Assert.Equal("acme", Grid.AssertSubmitted<Greet>(greet => greet.Name == "Ada").Submission.Options.Tenant);
        Grid.AssertNotSubmitted<Greet>(greet => greet.Name == "Grace");
        Assert.Throws<JobAssertionException>(() => Grid.AssertNotSubmitted<Greet>());
        Assert.Throws<JobAssertionException>(() => Grid.AssertSubmitted<string>());
    }
}
