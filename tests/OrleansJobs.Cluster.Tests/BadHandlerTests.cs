using System.Text;
using OrleansJobs.ProcessKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.Cluster.Tests;

/// <summary>Handlers that do what handlers should not.</summary>
public sealed class BadHandlerTests(SharedPostgres postgres, ITestOutputHelper output) : ClusterTest(postgres, output)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    /// <summary>The behaviour, and the kind of error and the number of attempts with which its job has to end.</summary>
    private static readonly (string What, SubmitRequest Job, string ErrorType, int Attempts)[] Cases =
    [
        ("throws", Probes.Job(0, "Throw") with { MaxAttempts = 2 }, "System.InvalidOperationException", 2),
        ("hangs", Probes.Job(0, "Hang") with { MaxAttempts = 2, Timeout = Short }, JobError.Timeout, 2),
        ("ignores cancellation", Probes.Job(0, "IgnoreCancellation") with { MaxAttempts = 1, Timeout = Short }, JobError.Timeout, 1),
        ("returns too large a result", Probes.Job(0, "LargeResult"), JobError.ResultTooLarge, 1),
        ("asks for the dead letters", Probes.Job(0, "DeadLetter"), JobError.DeadLetter, 1),
        ("gets a payload of another type", Unchecked("[1,2]"), JobError.InvalidPayload, 1),
        ("gets a value of another type", Unchecked("{\"milliseconds\":\"many\"}"), JobError.InvalidPayload, 1),
    ];

    /// <summary>JSON that is not called so: the API has nothing to check.</summary>
    private static SubmitRequest Unchecked(string payload) => Probes.Job(0) with { Payload = default, PayloadBase64 = Encoding.UTF8.GetBytes(payload) };

    [SkippableFact]
    public Task BadHandler_EndsInTheDeadLetters_WithTheReason() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var silo = await grid.StartAsync();
        await silo.Http.SubmitAsync([.. Cases.Select(one => one.Job)]);
        await silo.Http.WaitIdleAsync(TimeSpan.FromSeconds(40));
        var table = new AnswerTable();
        foreach (var (what, job, _, _) in Cases)
        {
            var end = await silo.Http.GetAsync(job.Id!.Value);
            table.Add($"a handler that {what}", $"{end.State}, attempt {end.Attempt}, {end.LastError?.Type}: {end.LastError?.Message}");
        }

        Say(table.ToString());
        foreach (var (what, job, errorType, attempts) in Cases)
        {
            var end = await silo.Http.GetAsync(job.Id!.Value);
            Assert.Equal((what, JobState.DeadLettered, errorType, attempts), (what, end.State, end.LastError?.Type, end.Attempt));
        }

        await silo.Http.SubmitAsync(Probes.Many(20, 1));
        await silo.Http.WaitIdleAsync(TimeSpan.FromSeconds(10));
    });

    [SkippableFact]
    public Task HandlerThatEndsItsProcess_RunsOutOfAttempts() => OnGridAsync(StoreKind.Sqlite, async grid =>
    {
        var silo = await grid.StartAsync();
        var deadly = Probes.Job(0, "KillSilo") with { MaxAttempts = 2 };
        await silo.Http.TrySubmitAsync([deadly]);
        await silo.WaitForExitAsync(TimeSpan.FromSeconds(20));
        silo = grid.Launch(silo.Settings);
        await silo.WaitForExitAsync(TimeSpan.FromSeconds(60));
        silo = await grid.RestartAsync(silo);
        var end = await silo.Http.GetAsync(deadly.Id!.Value);
        Say($"a handler that ends its process: {end.State}, attempt {end.Attempt}, {end.LastError?.Type}: {end.LastError?.Message}");
        Assert.Equal((JobState.DeadLettered, 2, JobError.SiloLost), (end.State, end.Attempt, end.LastError?.Type));
    });
}
