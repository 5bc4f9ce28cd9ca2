using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Postgres;
using OrleansJobs.Storage.GroupCommit;
using OrleansJobs.Storage.Tests.Harness;
using OrleansJobs.TestKit;

namespace OrleansJobs.Storage.Tests.Postgres;

public sealed class PostgresFindsTests : PostgresDatabaseTest
{
    private const int JobBytes = 1_000;

    private PostgresStoreOptions Options =>
        Harness.Options with { GroupCommit = new GroupCommitLimits { MaxBatchBytes = 2 * JobBytes } };

    [SkippableFact]
    public async Task FindMany_OfLargeJobs_EndsWithTheOneThatReachesTheBytes()
    {
        await using var store = await OpenAsync();
        var jobs = await AddAsync(store);
        await using var access = new PostgresAccess(Options, NullLogger.Instance, TimeProvider.System);

        var found = await PostgresQueries.FindManyAsync(new PostgresReader(access), Ids(jobs), Options.GroupCommit.MaxBatchBytes);

        Assert.Equal([JobBytes, 2 * JobBytes], found.Select(entry => entry.Bytes));
    }

    [SkippableFact]
    public async Task Find_ByManyCallersOfLargeJobs_AnswersEachOfThem()
    {
        await using var reader = await OpenAsync();
        var jobs = await AddAsync(reader);
        var ids = jobs.SelectMany(job => new[] { job.Id, JobId.New(), job.Id }).ToList();

        var found = await Task.WhenAll(ids.Select(reader.FindAsync));

        var known = jobs.Select(job => job.Id).ToHashSet();
        Assert.Equal(ids.Select(id => known.Contains(id) ? id : default), found.Select(job => job?.Id ?? default));
    }

    private static Guid[] Ids(IEnumerable<JobRecord> jobs) => [.. jobs.Select(job => job.Id.Value)];

    private static async Task<List<JobRecord>> AddAsync(IJobStore store)
    {
        var jobs = Enumerable.Range(0, 9).Select(_ => Jobs.New() with { Payload = new byte[JobBytes] }).ToList();
        await store.InsertAllAsync(jobs);
        return jobs;
    }

    private async Task<IJobStore> OpenAsync()
    {
        var store = PostgresHarness.Create(Options);
        await store.InitializeAsync();
        return store;
    }
}
