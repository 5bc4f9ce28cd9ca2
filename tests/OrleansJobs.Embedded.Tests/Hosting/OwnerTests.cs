using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OrleansJobs.Conformance;
using OrleansJobs.Embedded.Tests.Conformance;
using OrleansJobs.TestKit;

namespace OrleansJobs.Embedded.Tests.Hosting;

/// <summary>A store has one owner, and gets the next one as soon as that is dead.</summary>
[Trait("Category", "Slow")]
public sealed class OwnerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly EmbeddedSqliteEngine _engine = new();
    private readonly Script _script = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Store_OfALivingProcess_IsRefused_AndItsOwnerNamed()
    {
        using var owner = await OwnerProcess.StartAsync(_engine.Path);

        var refusal = await Assert.ThrowsAsync<StoreInUseException>(() => StartAsync(TimeProvider.System));

        Assert.Contains($"process {owner.Id} ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_engine.Path, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The clock stands still here, so nothing that waits for a timeout would happen.</summary>
    [Fact]
    public async Task Jobs_OfAKilledProcess_RunAgainAtOnce()
    {
        using var owner = await OwnerProcess.StartAsync(_engine.Path);
        await owner.KillAsync();

        using var host = await StartAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var job = host.Services.GetRequiredService<IJobClient>().GetHandle(owner.Job);
        var end = await job.WaitAsync().WaitAsync(Patience);
        await host.StopAsync();

        Assert.Equal((JobState.Succeeded, 2), (end.State, end.Attempt));
        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Succeeded], end.Attempts.Select(attempt => attempt.Outcome));
        Assert.NotEqual(end.Attempts[0].Silo, end.Attempts[1].Silo);
    }

    private Task<IHost> StartAsync(TimeProvider time) => _engine.StartAsync(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
        builder => builder.Services.AddSingleton(_script).AddSingleton(time));
}
