using OrleansJobs.Dashboard.Audit;
using OrleansJobs.Testing;

namespace OrleansJobs.Dashboard.Tests.Audit;

/// <summary>A trail without a store, and the pace at which strangers may write to any.</summary>
public sealed class InMemoryTrailTests
{
    private readonly WatchedTimeProvider _time = new();

    [Fact]
    public async Task Trail_InMemory_KeepsTheNewest()
    {
        var trail = new InMemoryAuditTrail();
        var entry = new AuditEntry { At = default, Who = "w", Role = "admin", Verb = AuditVerb.Pause, Outcome = AuditOutcome.Done };
        for (var n = 0; n < AccessLimits.MaxAuditEntries + 3; n++)
        {
            await trail.AppendAsync(entry);
        }

        Assert.Equal(AccessLimits.MaxAuditEntries + 3, (await trail.ReadAsync(null, 1)).Entries[0].Sequence);
        Assert.Equal(4, Assert.Single((await trail.ReadAsync("5", 10)).Entries).Sequence);
        Assert.Empty((await trail.ReadAsync("4", 10)).Entries);
    }

    [Fact]
    public async Task Trail_InMemory_HasRoomOfItsOwnForThoseWhoCome()
    {
        var trail = new InMemoryAuditTrail();
        var act = new AuditEntry { At = default, Who = "w", Role = "admin", Verb = AuditVerb.Pause, Outcome = AuditOutcome.Done };
        await trail.AppendAsync(act);
        for (var n = 0; n < AccessLimits.MaxAuditAccessEntries + 3; n++)
        {
            await trail.AppendAsync(act with { Verb = AuditVerb.SignIn });
        }

        var last = await trail.ReadAsync("6", 10);
        Assert.Equal([(5L, AuditVerb.SignIn), (1L, AuditVerb.Pause)], last.Entries.Select(entry => (entry.Sequence, entry.Verb)));
        Assert.Null(last.NextCursor);
    }

    [Fact]
    public void Pace_OfManyAccounts_IsBounded()
    {
        var pace = new AuditPace(_time);
        for (var n = 0; n < AccessLimits.MaxAccessAccounts; n++)
        {
            Assert.True(pace.Take(("sign-in", $"user {n}"), out _));
        }

        var taken = Enumerable.Range(0, 100).Count(n => pace.Take(("sign-in", $"another {n}"), out _));
        Assert.InRange(taken, 0, AccessLimits.MaxAccessEntries);
        _time.Advance(AccessLimits.AccessEntryWindow);
        Assert.True(pace.Take(("sign-in", "a third"), out _));
    }
}
