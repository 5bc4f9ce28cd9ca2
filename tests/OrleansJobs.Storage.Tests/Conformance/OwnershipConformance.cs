using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class OwnershipConformance : StoreConformance
{
    [SkippableTheory]
    [InlineData(StoreClaim.Exclusive, StoreClaim.Exclusive)]
    [InlineData(StoreClaim.Exclusive, StoreClaim.Shared)]
    [InlineData(StoreClaim.Shared, StoreClaim.Exclusive)]
    public async Task Own_WhileAnotherExcludesIt_IsRefusedAndSaysWhoHasIt(StoreClaim first, StoreClaim second)
    {
        var other = await Harness.OpenAsync();
        await using var owned = await Store.OwnAsync(first);

        var error = await Assert.ThrowsAsync<StoreInUseException>(() => other.OwnAsync(second));

        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since ", error.Message);
        Assert.False(owned.Lost.IsCancellationRequested);
    }

    [SkippableFact]
    public async Task Own_Shared_LetsOthersShare()
    {
        var other = await Harness.OpenAsync();

        await using var first = await Store.OwnAsync(StoreClaim.Shared);
        await using var second = await other.OwnAsync(StoreClaim.Shared);
    }

    [SkippableFact]
    public async Task Own_Shared_WhileAnotherClusterShares_IsRefusedAndNamesIt()
    {
        var other = await Harness.OpenAsync();
        await using var blue = await Store.OwnAsync(StoreClaim.Shared, "blue");
        await using var alsoBlue = await other.OwnAsync(StoreClaim.Shared, "blue");

        var error = await Assert.ThrowsAsync<StoreInUseException>(() => other.OwnAsync(StoreClaim.Shared, "green"));

        Assert.Contains("the cluster 'blue'", error.Message);
        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} since ", error.Message);
        Assert.Contains("the cluster 'green'", error.Message);
        await using var again = await other.OwnAsync(StoreClaim.Shared, "blue");
    }

    [SkippableFact]
    public async Task Own_Shared_AfterTheOtherClusterHasGone_IsGranted()
    {
        var other = await Harness.OpenAsync();
        await (await Store.OwnAsync(StoreClaim.Shared, "blue")).DisposeAsync();

        await using var green = await other.OwnAsync(StoreClaim.Shared, "green");
    }

    [SkippableFact]
    public async Task Own_Shared_ByTwoClustersAtOnce_IsGrantedToOneOfThem()
    {
        var other = await Harness.OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var claims = await Task.WhenAll(TryAsync(Store, "blue"), TryAsync(other, "green"), TryAsync(Store, "blue"), TryAsync(other, "green"));

            Assert.Equal(2, claims.OfType<IStoreOwnership>().Count());
            Assert.Equal(claims[0] is null, claims[2] is null);
            foreach (var claim in claims.OfType<IStoreOwnership>())
            {
                await claim.DisposeAsync();
            }
        }
    }

    private static async Task<IStoreOwnership?> TryAsync(IJobStore store, string cluster)
    {
        try
        {
            return await store.OwnAsync(StoreClaim.Shared, cluster);
        }
        catch (StoreInUseException)
        {
            return null;
        }
    }

    [SkippableTheory]
    [InlineData(StoreClaim.Exclusive)]
    [InlineData(StoreClaim.Shared)]
    public async Task Own_AfterTheOwnerGaveItUp_IsGranted(StoreClaim first)
    {
        var other = await Harness.OpenAsync();
        await (await Store.OwnAsync(first)).DisposeAsync();

        await using var owned = await other.OwnAsync(StoreClaim.Exclusive);
    }

    [SkippableFact]
    public async Task Own_OfAnotherStore_IsGranted()
    {
        await using var elsewhere = await MakeHarnessAsync();
        var other = await elsewhere.OpenAsync();

        await using var first = await Store.OwnAsync(StoreClaim.Exclusive);
        await using var second = await other.OwnAsync(StoreClaim.Exclusive);
    }

    [SkippableTheory, Trait("Category", "Slow")]
    [InlineData(StoreClaim.Exclusive)]
    [InlineData(StoreClaim.Shared)]
    public async Task Own_AfterTheOwnerWasKilled_IsGrantedAtOnce(StoreClaim claim)
    {
        using var holder = await StoreHolder.StartAsync(Harness, claim);
        var refused = await Assert.ThrowsAsync<StoreInUseException>(() => Store.OwnAsync(StoreClaim.Exclusive));
        Assert.Contains($"process {holder.Id} on ", refused.Message);

        await holder.KillAsync();

        await using var owned = await Store.OwnAsync(StoreClaim.Exclusive);
    }

    [SkippableFact, Trait("Category", "Slow")]
    public async Task Own_WhileTheOwnerIsPaused_IsRefused()
    {
        using var holder = await StoreHolder.StartAsync(Harness, StoreClaim.Exclusive);
        await holder.PauseAsync();

        await Assert.ThrowsAsync<StoreInUseException>(() => Store.OwnAsync(StoreClaim.Exclusive));
        await Assert.ThrowsAsync<StoreInUseException>(() => Store.OwnAsync(StoreClaim.Shared));
    }
}
