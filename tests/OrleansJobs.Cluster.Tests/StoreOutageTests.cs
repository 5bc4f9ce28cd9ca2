using System.Net;
using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>The database goes away, or is full, while the grid runs.</summary>
public sealed class StoreOutageTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(8);

    [SkippableFact]
    public Task Database_ThatStopsAndComesBack_LosesNoAcknowledgedJob() => OnGridAsync(StoreKind.Postgres, async grid =>
    {
        Skip.IfNot(grid.Server!.IsOwn, "The PostgreSQL server given to the tests cannot be stopped.");
        var silo = await grid.StartAsync("--JobGrid:Classes:probe:MaxLocalWorkers=4");
        var jobs = Probes.Many(400, 20);
        await silo.Http.SubmitAsync(jobs);
        await grid.Server.StopAsync();
        try
        {
            var answer = await silo.Http.CallAsync(HttpMethod.Post, "/api/jobs", """{"class":"probe","payload":{}}""");
            var problem = answer.Problem();
            Say($"a submit while the database is stopped: {problem.Status} {problem.Code}: {problem.Detail}");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "grid-unavailable"), (answer.Status, problem.Code));
            await Clock.LetRunAsync(Outage);
            Assert.False(silo.HasExited, silo.Tail());
        }
        finally
        {
            await grid.Server.RestartAsync();
        }

        await silo.Http.WaitIdleAsync(TimeSpan.FromSeconds(60));
        var ends = await silo.Http.AllAsync();
        Assert.All(jobs, job => Assert.Equal(JobState.Succeeded, ends[job.Id!.Value].State));
        grid.Effects().RequireOrder(Probes.MaxAttempts);
    });

    [SkippableFact]
    public Task Disk_ThatIsFull_RefusesSubmits_AndKeepsWhatWasAcknowledged() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        using var disk = SmallDisk.Mount(grid.Folder, megabytes: 8);
        var silo = await grid.StartAsync(grid.Settings() with { Store = HostSettings.Sqlite(Path.Combine(disk.Path, "jobs.db")) });
        await silo.Http.ChangeAsync(new JobClassChange { Paused = true });
        var answered = new List<JobId>();
        var refusal = await FillAsync(silo, answered);
        Say($"a submit to a full disk, after {answered.Count} jobs: {refusal.Status} {refusal.Code}: {refusal.Detail}");
        Assert.Equal((503, "grid-unavailable"), (refusal.Status, refusal.Code));
        var there = await silo.Http.AllAsync();
        Assert.DoesNotContain(answered, id => !there.ContainsKey(id));
        Assert.Equal(answered.Count, there.Count);
    });

    private static async Task<ApiProblem> FillAsync(HostProcess silo, List<JobId> answered)
    {
        var filler = new string('x', 200_000);
        while (answered.Count < 1_000)
        {
            var answer = await silo.Http.CallAsync(HttpMethod.Post, "/api/jobs", $$$"""{"class":"probe","payload":{"filler":"{{{filler}}}"}}""");
            if (answer.Status != HttpStatusCode.Created)
            {
                return answer.Problem();
            }

            answered.Add(answer.Read<SubmitAnswer>().Id!.Value);
        }

        throw new InvalidOperationException("The small disk took it all.");
    }
}
