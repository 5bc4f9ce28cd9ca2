using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class AuditConformance : StoreConformance
{
    private static readonly AuditBounds All = new(1_000_000, DateTimeOffset.UnixEpoch);

    [SkippableFact]
    public async Task Audit_IsReadNewestFirstPageByPage()
    {
        await AppendAsync(All, "a", "b", "c");

        var first = await Store.ReadAuditAsync(long.MaxValue, 2);
        var rest = await Store.ReadAuditAsync(first[^1].Sequence, 2);

        Assert.Equal(["c", "b"], first.Select(row => row.Document));
        Assert.Equal(["a"], rest.Select(row => row.Document));
    }

    [SkippableFact]
    public async Task Audit_OutlivesARestartAndGoesOn()
    {
        await AppendAsync(All, "a");
        await Store.DisposeAsync();
        var store = await Harness.OpenAsync();

        await store.AppendAuditAsync(Jobs.Now, "b", All);

        Assert.Equal(["b", "a"], (await store.ReadAuditAsync(long.MaxValue, 10)).Select(row => row.Document));
    }

    [SkippableFact]
    public async Task Audit_BeyondItsNumber_DropsTheOldest()
    {
        await AppendAsync(new AuditBounds(3, DateTimeOffset.UnixEpoch), "a", "b", "c", "d", "e");

        Assert.Equal(["e", "d", "c"], await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_BeyondItsAge_DropsTheOldest()
    {
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-2), "old", All);
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-1), "young", All);

        await Store.AppendAuditAsync(Jobs.Now, "new", All with { NotBefore = Jobs.Now.AddHours(-30) });

        Assert.Equal(["new", "young"], await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_FarBeyondItsBounds_DropsABatchWithEachEntry()
    {
        await AppendAsync(All, [.. Enumerable.Range(0, AuditBounds.MaxDroppedAtOnce + 20).Select(number => $"{number}")]);

        await AppendAsync(new AuditBounds(5, DateTimeOffset.UnixEpoch), "next");
        Assert.Equal(21, (await DocumentsAsync()).Count);

        await AppendAsync(new AuditBounds(5, DateTimeOffset.UnixEpoch), "last");
        Assert.Equal(5, (await DocumentsAsync()).Count);
    }

    [SkippableFact]
    public async Task Audit_ThatCannotBeStored_IsRefused()
    {
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => AppendAsync(All, new string('x', AuditRow.MaxDocumentLength + 1)));
        await Assert.ThrowsAsync<InvalidRequestException>(() => AppendAsync(All, "a\0b"));
        Assert.Empty(await DocumentsAsync());
    }

    private async Task AppendAsync(AuditBounds keep, params string[] documents)
    {
        foreach (var document in documents)
        {
            await Store.AppendAuditAsync(Jobs.Now, document, keep);
        }
    }

    private async Task<IReadOnlyList<string>> DocumentsAsync() => [.. (await Store.ReadAuditAsync(long.MaxValue, 1_000)).Select(row => row.Document)];
}
