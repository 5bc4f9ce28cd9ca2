namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>Entries of the audit trail as versions wrote them that knew no kinds.</summary>
public static class EarlierAudit
{
    /// <summary>An entry and the kind that it has since.</summary>
    public static IReadOnlyList<(AuditKind Kind, string Document)> Entries { get; } =
    [
        (AuditKind.Change, Entry("pause", "Done")),
        (AuditKind.SignIn, Entry("sign-in", "Done")),
        (AuditKind.Refusal, Entry("sign-in", "Refused")),
        (AuditKind.Refusal, Entry("wrong-key", "Refused")),
        (AuditKind.Refusal, Entry("retry", "Refused")),
        (AuditKind.Submit, Entry("submit", "Done")),
        (AuditKind.Submit, Entry("submit", "Refused")),
        (AuditKind.Change, Entry("bulk-end", "Failed")),
        (AuditKind.SignIn, Entry("sign-out", "Done")),
        (AuditKind.Change, "no JSON"),
    ];

    /// <summary>Asserts that a store which has them has each under its kind, and that they fall away by their kind's bounds alone.</summary>
    public static async Task AssertKindsAsync(IJobStore store)
    {
        foreach (var kind in Enum.GetValues<AuditKind>())
        {
            Assert.Equal(
                Entries.Where(entry => entry.Kind == kind).Select(entry => entry.Document).Reverse(),
                (await store.ReadAuditAsync(long.MaxValue, 100, kind)).Select(row => row.Document));
        }

        await store.AppendAuditAsync(Jobs.Now, AuditKind.Refusal, "new", [.. Enum.GetValues<AuditKind>().Select(kind => new AuditBounds(kind, 3, DateTimeOffset.UnixEpoch))]);

        Assert.Equal(
            ["new", .. Entries.Where((_, place) => place != 2).Select(entry => entry.Document).Reverse()],
            (await store.ReadAuditAsync(long.MaxValue, 100)).Select(row => row.Document));
    }

    private static string Entry(string verb, string outcome) => $$"""{"sequence":0,"who":"ada","verb":"{{verb}}","outcome":"{{outcome}}"}""";
}
