using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Conformance;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Storage;

namespace OrleansJobs.Grains.Tests.Jobs;

/// <summary>While the cluster changes, a job's grain may be activated on two silos; the one that is not written through has to notice.</summary>
public sealed class SecondActivationTests : SiloTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Short enough that the activation stays in memory, and longer than the patience.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(8.5);
    [Fact]
    public async Task Read_ThroughTheOtherActivation_ShowsWhatIsStored_AndThatActivationEnds()
    {
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("a"), new() { Delay = Delay });
        Assert.Equal(JobState.Scheduled, (await job.GetAsync()).State);

        await CancelThroughTheStoreAsync(job.Id);

        using var patience = new CancellationTokenSource(Patience);
        while ((await job.GetAsync(patience.Token)).State != JobState.Cancelled)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal(JobState.Queued, (await Jobs.RetryAsync(job.Id, patience.Token)).State);
    }

    [Fact]
    public async Task Read_OfAJobThatWasDeletedThroughTheOtherActivation_FindsNone()
    {
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("a"), new() { Delay = Delay });
        await job.GetAsync();
        await CancelThroughTheStoreAsync(job.Id);
        var store = Services.GetRequiredService<IJobStore>();
        Assert.True(await store.DeleteAsync(job.Id, (await store.FindAsync(job.Id))!.Version));

        using var patience = new CancellationTokenSource(Patience);
        await Assert.ThrowsAsync<JobNotFoundException>(async () =>
        {
            while (true)
            {
                await job.GetAsync(patience.Token);
            }
        });
    }

    private async Task CancelThroughTheStoreAsync(JobId id)
    {
        var store = Services.GetRequiredService<IJobStore>();
        var stored = (await store.FindAsync(id))!;
        var cancelled = JobLifecycle.Decide(stored, new Cancel("elsewhere"), TimeProvider.System.GetUtcNow()).Next;
        Assert.True(await store.UpdateAsync(cancelled, stored.State));
    }
}
