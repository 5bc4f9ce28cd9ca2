using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Conformance;
using OrleansJobs.Core.Submission;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Jobs;

/// <summary>A submit may store its job and fail before it tells the dispatcher; its repeat has to get the job running.</summary>
public sealed class UntoldJobTests : SiloTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await CatchUpIsOverAsync();
    }

    [Fact]
    public async Task RepeatedSubmit_OfAJobThatNobodyWasToldOf_RunsIt()
    {
        var job = await StoreUntoldAsync(new SubmitOptions());

        var outcome = await Jobs.SubmitAsync(job);

        Assert.Equal(SubmitStatus.AlreadySubmitted, outcome.Status);
        Assert.Equal(JobState.Succeeded, await EndOfAsync(job.Id));
    }

    [Fact]
    public async Task RepeatedBatch_OfAJobThatNobodyWasToldOf_RunsIt()
    {
        var job = await StoreUntoldAsync(new SubmitOptions());

        await Jobs.SubmitManyAsync([job, Jobs.Describe(ScriptedJob.Class, new ScriptedJob("other"))]);

        Assert.Equal(JobState.Succeeded, await EndOfAsync(job.Id));
    }

    [Fact]
    public async Task SubmitWithItsUniqueKey_OfAJobThatNobodyWasToldOf_RunsIt()
    {
        var job = await StoreUntoldAsync(new SubmitOptions { UniqueKey = "k" });

        var outcome = await Jobs.SubmitAsync(Jobs.Describe(ScriptedJob.Class, new ScriptedJob("again"), new() { UniqueKey = "k" }));

        Assert.Equal((SubmitStatus.UniqueKeyTaken, job.Id), (outcome.Status, outcome.Id));
        Assert.Equal(JobState.Succeeded, await EndOfAsync(job.Id));
    }

    /// <summary>A dispatcher that still reads the store would find the job without being told.</summary>
    private async Task CatchUpIsOverAsync()
    {
        for (var job = 0; job < 3; job++)
        {
            await EndOfAsync((await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("first"), new() { Delay = TimeSpan.FromMilliseconds(700) })).Id);
        }
    }

    private async Task<JobSubmission> StoreUntoldAsync(SubmitOptions options)
    {
        var job = Jobs.Describe(ScriptedJob.Class, new ScriptedJob("untold"), options);
        var store = Services.GetRequiredService<IJobStore>();
        await store.InsertAsync(JobFactory.Create(job, classMaxAttempts: 3, TimeProvider.System.GetUtcNow()));
        return job;
    }

    private async Task<JobState> EndOfAsync(JobId id)
    {
        using var patience = new CancellationTokenSource(Patience);
        return (await Jobs.GetHandle(id).WaitAsync(patience.Token)).State;
    }
}
