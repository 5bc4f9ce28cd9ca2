using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Engine.Audit;
using OrleansJobs.Sqlite;
using OrleansJobs.Testing;

namespace OrleansJobs.Engine.Tests.Audit;

public sealed class StoreAuditTrailTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleansjobs-audit-");
    private readonly WatchedTimeProvider _time = new();
    private SqliteJobStore _store = null!;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task Entry_ComesBackWholeAfterARestart()
    {
        var entry = new AuditEntry
        {
            At = _time.GetUtcNow(), Who = "olga", Role = "operator", From = "10.0.0.1", Verb = AuditVerb.BulkCancel, JobClass = "email", JobId = JobId.New(),
            Filter = new JobFilter { State = JobState.DeadLettered, SubmittedBefore = _time.GetUtcNow(), ErrorText = "disk" }, Jobs = 7, Reason = "\"r\"",
            Before = new JobClassSettings { MaxLocalWorkers = 3, Rate = Rate.PerSecond(5) }, After = new JobClassSettings { MaxLocalWorkers = 4 },
            Outcome = AuditOutcome.Refused, Error = "job-state",
        };
        await Trail().AppendAsync(entry);
        await _store.DisposeAsync();
        _store = await OpenAsync();

        var read = Assert.Single((await Trail().ReadAsync(null, 10)).Entries);

        Assert.Equivalent(entry with { Sequence = read.Sequence }, read);
        Assert.True(read.Sequence > 0);
    }

    [Fact]
    public async Task Pages_GoFromTheNewestToTheOldest()
    {
        foreach (var who in new[] { "a", "b", "c" })
        {
            await Trail().AppendAsync(Entry(who));
        }

        var first = await Trail().ReadAsync(null, 2);
        var rest = await Trail().ReadAsync(first.NextCursor, 2);

        Assert.Equal(["c", "b", "a"], first.Entries.Concat(rest.Entries).Select(entry => entry.Who));
        Assert.Null(rest.NextCursor);
        await Assert.ThrowsAsync<InvalidRequestException>(() => Trail().ReadAsync("x", 2));
    }

    [Fact]
    public async Task Entries_BeyondTheirAge_Go()
    {
        var trail = Trail(new AuditOptions { Changes = Keep(TimeSpan.FromDays(2)) });
        await trail.AppendAsync(Entry("old"));
        _time.Advance(TimeSpan.FromDays(3));
        await trail.AppendAsync(Entry("new"));

        Assert.Equal(["new"], (await trail.ReadAsync(null, 10)).Entries.Select(entry => entry.Who));
    }

    [Fact]
    public void Options_OutOfRange_AreAllNamed()
    {
        var error = Assert.Throws<InvalidOptionsException>(
            () => Trail(new AuditOptions { Changes = new() { MaxEntries = 1, MaxAge = TimeSpan.Zero }, Submits = Keep(TimeSpan.FromDays(4_000)) }));

        Assert.Equal(3, error.Faults.Count);
        Assert.Contains("Audit:Changes:MaxEntries is 1;", error.Message);
        Assert.Contains("Audit:Changes:MaxAge is 00:00:00;", error.Message);
        Assert.Contains("Audit:Submits:MaxAge is 4000.00:00:00;", error.Message);
    }

    /// <summary>Sign-ins that are too old go with any entry, and nothing else with them.</summary>
    [Fact]
    public async Task Entries_BeyondTheAgeOfTheirKind_GoAlone()
    {
        var trail = Trail(new AuditOptions { SignIns = Keep(TimeSpan.FromDays(2)) });
        await trail.AppendAsync(Entry("old sign-in", AuditVerb.SignIn));
        await trail.AppendAsync(Entry("old change"));
        _time.Advance(TimeSpan.FromDays(3));
        await trail.AppendAsync(Entry("new change"));

        Assert.Equal(["new change", "old change"], (await trail.ReadAsync(null, 10)).Entries.Select(entry => entry.Who));
        Assert.Empty((await trail.ReadAsync(null, 10, AuditKind.SignIn)).Entries);
    }

    [Theory]
    [InlineData(AuditVerb.Pause, AuditOutcome.Done, AuditKind.Change)]
    [InlineData(AuditVerb.Pause, AuditOutcome.Failed, AuditKind.Change)]
    [InlineData(AuditVerb.BulkEnd, AuditOutcome.Failed, AuditKind.Change)]
    [InlineData(AuditVerb.Pause, AuditOutcome.Refused, AuditKind.Refusal)]
    [InlineData(AuditVerb.SignIn, AuditOutcome.Done, AuditKind.SignIn)]
    [InlineData(AuditVerb.SignOut, AuditOutcome.Done, AuditKind.SignIn)]
    [InlineData(AuditVerb.SignIn, AuditOutcome.Refused, AuditKind.Refusal)]
    [InlineData(AuditVerb.WrongKey, AuditOutcome.Refused, AuditKind.Refusal)]
    [InlineData(AuditVerb.Submit, AuditOutcome.Done, AuditKind.Submit)]
    [InlineData(AuditVerb.Submit, AuditOutcome.Refused, AuditKind.Submit)]
    public void Kind_IsByWhatWasDoneAndHowItEnded(string verb, AuditOutcome outcome, AuditKind kind) =>
        Assert.Equal(kind, (Entry("ada", verb) with { Outcome = outcome }).Kind);

    private static AuditRetention Keep(TimeSpan age) => new() { MaxEntries = 1_000, MaxAge = age };

    private AuditEntry Entry(string who, string verb = AuditVerb.Pause) =>
        new() { At = _time.GetUtcNow(), Who = who, Role = "admin", Verb = verb, Outcome = AuditOutcome.Done };

    private StoreAuditTrail Trail(AuditOptions? options = null) => new(_store, options ?? new AuditOptions(), _time);

    private async Task<SqliteJobStore> OpenAsync()
    {
        var store = new SqliteJobStore(new(Path.Combine(_directory.FullName, "jobs.db")), NullLogger<SqliteJobStore>.Instance, _time);
        await store.InitializeAsync();
        return store;
    }
}
