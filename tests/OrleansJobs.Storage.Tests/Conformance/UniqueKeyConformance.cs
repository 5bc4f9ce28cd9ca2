using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class UniqueKeyConformance : StoreConformance
{
    [SkippableFact]
    public async Task Insert_WithATakenKey_NamesTheHolder()
    {
        var holder = await Store.AddAsync(Jobs.New() with { UniqueKey = "k" });

        var outcome = await Store.InsertAsync(Jobs.New() with { UniqueKey = "k" });

        Assert.Equal(new InsertOutcome(InsertStatus.UniqueKeyTaken, holder.Id), outcome);
        Assert.Equal(1, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task Insert_WithTheKeyInAnotherClass_IsInserted()
    {
        await Store.AddAsync(Jobs.New("email") with { UniqueKey = "k" });

        await Store.AddAsync(Jobs.New("index") with { UniqueKey = "k" });
    }

    [SkippableFact]
    public async Task Insert_OfTheHolderAgain_IsIdTaken()
    {
        var holder = await Store.AddAsync(Jobs.New() with { UniqueKey = "k" });

        Assert.Equal(new InsertOutcome(InsertStatus.IdTaken, holder.Id), await Store.InsertAsync(holder));
    }

    [SkippableFact]
    public async Task Insert_AfterTheHolderWasPruned_IsInserted()
    {
        await Store.AddEndedAsync(Jobs.New() with { UniqueKey = "k" });
        Assert.Equal(InsertStatus.UniqueKeyTaken, (await Store.InsertAsync(Jobs.New() with { UniqueKey = "k" })).Status);

        await Store.PruneAsync("email", Jobs.Now.AddDays(1), 10);

        await Store.AddAsync(Jobs.New() with { UniqueKey = "k" });
    }

    [SkippableFact]
    public async Task Insert_ByRivalSilos_GivesEachKeyOneHolder()
    {
        var other = await Harness.OpenAsync();
        var jobs = Enumerable.Range(0, 400).Select(i => Jobs.New() with { UniqueKey = $"k{i % 20}" }).ToList();

        var outcomes = await Task.WhenAll(jobs.Select((job, i) => (i / 20 % 2 == 0 ? Store : other).InsertAsync(job)));

        var holders = jobs.Zip(outcomes).Where(pair => pair.Second.Status == InsertStatus.Inserted)
            .ToDictionary(pair => pair.First.UniqueKey!, pair => pair.First.Id);
        Assert.Equal(20, holders.Count);
        Assert.All(jobs.Zip(outcomes), pair => Assert.Equal(holders[pair.First.UniqueKey!], pair.Second.Id));
        Assert.Equal(20, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task FindByUniqueKey_GivesTheWholeJobOrNull()
    {
        var job = await Store.AddAsync(Jobs.New() with { UniqueKey = "k" });

        RecordAssert.Same(job, await Store.FindByUniqueKeyAsync("email", "k"));
        Assert.Null(await Store.FindByUniqueKeyAsync("index", "k"));
        Assert.Null(await Store.FindByUniqueKeyAsync("email", "other"));
    }
}
