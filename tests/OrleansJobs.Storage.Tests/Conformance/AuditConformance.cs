using OrleansJobs.Storage.Tests.Harness;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class AuditConformance : StoreConformance
{
    private static readonly IReadOnlyList<AuditBounds> All = Keep(1_000_000);

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
    public async Task Audit_OfAKind_IsReadNewestFirstPageByPage()
    {
        foreach (var number in Enumerable.Range(0, 3))
        {
            await AppendAsync(AuditKind.Change, All, $"change {number}");
            await AppendAsync(AuditKind.Refusal, All, $"refusal {number}");
        }

        var first = await Store.ReadAuditAsync(long.MaxValue, 2, AuditKind.Change);
        var rest = await Store.ReadAuditAsync(first[^1].Sequence, 2, AuditKind.Change);

        Assert.Equal(["change 2", "change 1"], first.Select(row => row.Document));
        Assert.Equal(["change 0"], rest.Select(row => row.Document));
        Assert.Empty(await Store.ReadAuditAsync(long.MaxValue, 2, AuditKind.SignIn));
    }

    [SkippableFact]
    public async Task Audit_OutlivesARestartAndGoesOn()
    {
        await AppendAsync(All, "a");
        await Store.DisposeAsync();
        var store = await Harness.OpenAsync();

        await store.AppendAuditAsync(Jobs.Now, AuditKind.Change, "b", All);

        Assert.Equal(["b", "a"], (await store.ReadAuditAsync(long.MaxValue, 10)).Select(row => row.Document));
    }

    [SkippableFact]
    public async Task Audit_BeyondItsNumber_DropsTheOldest()
    {
        await AppendAsync(Keep(3), "a", "b", "c", "d", "e");

        Assert.Equal(["e", "d", "c"], await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_BeyondTheNumberOfOneKind_LeavesTheOthersWhole()
    {
        await AppendAsync(AuditKind.Change, Keep(3), "change");
        await AppendAsync(AuditKind.Submit, Keep(3), "submit");
        foreach (var number in Enumerable.Range(0, 20))
        {
            await AppendAsync(AuditKind.SignIn, Keep(3), $"sign-in {number}");
            await AppendAsync(AuditKind.Refusal, Keep(3), $"refusal {number}");
        }

        Assert.Equal(
            ["refusal 19", "sign-in 19", "refusal 18", "sign-in 18", "refusal 17", "sign-in 17", "submit", "change"],
            await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_BeyondTheAgeOfOneKind_LeavesTheOthersWhole()
    {
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-2), AuditKind.SignIn, "old sign-in", All);
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-2), AuditKind.Change, "old change", All);

        await AppendAsync([.. All.Select(keep => keep.Kind == AuditKind.SignIn ? keep with { NotBefore = Jobs.Now.AddDays(-1) } : keep)], "new change");

        Assert.Equal(["new change", "old change"], await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_BeyondItsAge_DropsTheOldest()
    {
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-2), AuditKind.Change, "old", All);
        await Store.AppendAuditAsync(Jobs.Now.AddDays(-1), AuditKind.Change, "young", All);

        await Store.AppendAuditAsync(Jobs.Now, AuditKind.Change, "new", [new AuditBounds(AuditKind.Change, 10, Jobs.Now.AddHours(-30))]);

        Assert.Equal(["new", "young"], await DocumentsAsync());
    }

    [SkippableFact]
    public async Task Audit_FarBeyondItsBounds_DropsABatchWithEachEntry()
    {
        await AppendAsync(All, [.. Enumerable.Range(0, AuditBounds.MaxDroppedAtOnce + 20).Select(number => $"{number}")]);

        await AppendAsync(Keep(5), "next");
        Assert.Equal(21, (await DocumentsAsync()).Count);

        await AppendAsync(Keep(5), "last");
        Assert.Equal(5, (await DocumentsAsync()).Count);
    }

    [SkippableFact]
    public async Task Audit_ByManyAtOnce_KeepsItsNumberOfEachKind()
    {
        var kinds = Enum.GetValues<AuditKind>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => AppendAsync(kinds[number % kinds.Length], Keep(10), $"{number}")));
        await AppendAsync(Keep(10), "last");

        foreach (var kind in kinds)
        {
            Assert.Equal(10, (await Store.ReadAuditAsync(long.MaxValue, 1_000, kind)).Count);
        }
    }

    [SkippableFact]
    public async Task Audit_ThatCannotBeStored_IsRefused()
    {
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => AppendAsync(All, new string('x', AuditRow.MaxDocumentLength + 1)));
        await Assert.ThrowsAsync<InvalidRequestException>(() => AppendAsync(All, "a\0b"));
        Assert.Empty(await DocumentsAsync());
    }

    private static IReadOnlyList<AuditBounds> Keep(long entries) =>
        [.. Enum.GetValues<AuditKind>().Select(kind => new AuditBounds(kind, entries, DateTimeOffset.UnixEpoch))];

    private Task AppendAsync(IReadOnlyList<AuditBounds> keep, params string[] documents) => AppendAsync(AuditKind.Change, keep, documents);

    private async Task AppendAsync(AuditKind kind, IReadOnlyList<AuditBounds> keep, params string[] documents)
    {
        foreach (var document in documents)
        {
            await Store.AppendAuditAsync(Jobs.Now, kind, document, keep);
        }
    }

    private async Task<IReadOnlyList<string>> DocumentsAsync() => [.. (await Store.ReadAuditAsync(long.MaxValue, 1_000)).Select(row => row.Document)];
}
