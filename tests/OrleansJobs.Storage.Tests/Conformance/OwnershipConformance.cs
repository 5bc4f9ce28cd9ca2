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
