using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Conformance;

public abstract class InsertConformance : StoreConformance
{
    [SkippableFact]
    public async Task Insert_OfAPlainJob_ReadsBackTheSame()
    {
        var job = await Store.AddAsync(Jobs.New());

        RecordAssert.Same(job, await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Insert_WithEveryField_ReadsBackTheSame()
    {
        var job = await Store.AddAsync(Full());

        RecordAssert.Same(job, await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task Insert_WithATimeInAnotherZone_ReadsBackTheSameInstant()
    {
        var job = Jobs.New() with { DueAt = new DateTimeOffset(2026, 3, 1, 14, 30, 0, TimeSpan.FromHours(5.5)) };
        await Store.AddAsync(job);

        Assert.Equal(job.DueAt, (await Store.FindAsync(job.Id))!.DueAt);
    }

    [SkippableFact]
    public async Task Insert_WithAKnownId_IsIdTakenAndChangesNothing()
    {
        var job = await Store.AddAsync(Jobs.New());

        var outcome = await Store.InsertAsync(job with { Payload = "other"u8.ToArray(), JobClass = "index" });

        Assert.Equal(new InsertOutcome(InsertStatus.IdTaken, job.Id), outcome);
        RecordAssert.Same(job, await Store.FindAsync(job.Id));
    }

    [SkippableFact]
    public async Task InsertMany_WithRivalsAmongThem_AnswersEachInOrder()
    {
        var known = await Store.AddAsync(Jobs.New());
        var first = Jobs.New() with { UniqueKey = "k" };
        var second = Jobs.New() with { UniqueKey = "k" };
        var third = Jobs.New();

        var outcomes = await Store.InsertAllAsync([first, known, second, third, third with { Tenant = "t" }]);

        Assert.Equal(
            [
                new(InsertStatus.Inserted, first.Id), new(InsertStatus.IdTaken, known.Id), new(InsertStatus.UniqueKeyTaken, first.Id),
                new(InsertStatus.Inserted, third.Id), new(InsertStatus.IdTaken, third.Id),
            ],
            outcomes);
        Assert.Equal(3, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task InsertMany_OfMoreThanAGroup_InsertsAll()
    {
        var jobs = Enumerable.Range(0, 2_500).Select(_ => Jobs.New()).ToList();

        var outcomes = await Store.InsertAllAsync(jobs);

        Assert.Equal(jobs.Select(job => new InsertOutcome(InsertStatus.Inserted, job.Id)), outcomes);
        Assert.Equal(2_500, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task Insert_WithALargePayload_ReadsBackTheSame()
    {
        var payload = new byte[JobLimits.MaxPayloadBytes];
        new Random(7).NextBytes(payload);
        var jobs = Enumerable.Range(0, 20).Select(_ => Jobs.New() with { Payload = payload }).ToList();

        await Store.InsertAllAsync(jobs);

        Assert.Equal(payload, (await Store.FindAsync(jobs[^1].Id))!.Payload.ToArray());
    }

    [SkippableFact]
    public async Task Insert_WithTooLargeAPayload_IsRefused() =>
        await Assert.ThrowsAsync<PayloadTooLargeException>(
            () => Store.InsertAsync(Jobs.New() with { Payload = new byte[JobLimits.MaxPayloadBytes + 1] }));

    [SkippableFact]
    public async Task Insert_WithTextThatIsNone_IsRefused()
    {
        foreach (var tenant in new[] { "a\0b", "half \uD83D pair", "\uDE00", "end \uD83D" })
        {
            await Assert.ThrowsAsync<InvalidRequestException>(() => Store.InsertAsync(Jobs.New(tenant: tenant)));
        }
    }

    [SkippableFact]
    public async Task Insert_OfARowTheDatabaseRefuses_FailsThatRowAlone()
    {
        var good = Enumerable.Range(0, 40).Select(_ => Jobs.New()).ToList();
        var bad = Jobs.New() with { Priority = JobLimits.MaxPriority + 1 };

        var tasks = good.Take(17).Append(bad).Concat(good.Skip(17)).Select(Store.InsertAsync).ToList();

        await Assert.ThrowsAsync<InvalidRequestException>(() => tasks[17]);
        tasks.RemoveAt(17);
        Assert.All(await Task.WhenAll(tasks), outcome => Assert.Equal(InsertStatus.Inserted, outcome.Status));
        Assert.Equal(40, (await Store.CountAsync())["email"].Queued);
    }

    [SkippableFact]
    public async Task Find_OfAnUnknownId_IsNull() => Assert.Null(await Store.FindAsync(JobId.New()));

    [SkippableFact]
    public async Task Find_ByManyAtOnce_GivesEachItsOwn()
    {
        var jobs = Enumerable.Range(0, 200).Select(i => Jobs.New(tenant: $"t{i}")).ToList();
        await Store.InsertAllAsync(jobs);

        var found = await Task.WhenAll(jobs.Select(job => Store.FindAsync(job.Id)));

        Assert.Equal(jobs.Select(job => (job.Id, job.Tenant)), found.Select(job => (job!.Id, job.Tenant)));
    }

    private static JobRecord Full()
    {
        var time = Jobs.Now.AddTicks(1_234_567);
        var error = new JobError("System.Exception", "It is \"broken\"; naïve — 日本 \0 \uD83D\uDE00", "at A.B()\n  at C.D()");
        return Jobs.New() with
        {
            Tenant = "acme ünï 😀",
            Priority = 9,
            Cost = 7,
            UniqueKey = "welcome-42",
            Tags = ["red", "with \"quotes\"", "größe"],
            ContentType = "application/x-custom",
            Payload = new byte[] { 0, 1, 2, 255, 39, 92 },
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            SubmittedAt = time,
            MaxAttempts = 12,
            Timeout = TimeSpan.FromMicroseconds(90_000_001),
            Version = 5,
            State = JobState.Running,
            DueAt = time.AddMinutes(-1),
            Attempt = 4,
            LeaseToken = RowValues.MaxToken,
            Silo = "silo-ü",
            SiloLosses = 2,
            WaitedFor = WaitReason.TenantCap,
            CancelRequested = true,
            StartedAt = time.AddSeconds(1),
            FinishedAt = time.AddSeconds(2),
            LastBackoff = TimeSpan.FromSeconds(3.5),
            Progress = new JobProgress(0.25, "a quarter", time),
            Checkpoint = new byte[] { 9, 8 },
            Result = Array.Empty<byte>(),
            LastError = error,
            Attempts =
            [
                new JobAttempt(1, "silo-1", time, time.AddSeconds(1), AttemptOutcome.Failed, error),
                new JobAttempt(2, "silo-2", time, time.AddSeconds(2), AttemptOutcome.Snoozed, null) { DueAt = time.AddHours(-1), WaitedFor = WaitReason.PoolFull },
            ],
        };
    }
}
