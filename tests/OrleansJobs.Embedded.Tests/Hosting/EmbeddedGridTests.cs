using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansJobs.Conformance;
using OrleansJobs.Embedded.Tests.Conformance;
using OrleansJobs.Storage;
using OrleansJobs.Sqlite;
using OrleansJobs.TestKit;

namespace OrleansJobs.Embedded.Tests.Hosting;

/// <summary>The grid's life in its process, and what it makes of a store that fails it.</summary>
public sealed class EmbeddedGridTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly EmbeddedSqliteEngine _engine = new();
    private readonly Script _script = new();
    private IHost? _host;

    private IJobClient Jobs => _host!.Services.GetRequiredService<IJobClient>();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _script.ReleaseAll();
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        await _engine.DisposeAsync();
    }

    [Fact]
    public async Task Start_WithoutAStore_NamesThePackages()
    {
        using var host = EmbeddedHosts.Build(_ => { }, _ => { }, jobs => jobs.UseEmbedded());

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => host.StartAsync());

        Assert.Contains("no job store", error.Message, StringComparison.Ordinal);
        Assert.Contains("OrleansJobs.Sqlite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutAnEngine_SaysSo()
    {
        using var host = EmbeddedHosts.Build(_ => { }, _ => { }, jobs => jobs.UseSqliteJobs(_engine.Path));

        var error = await Assert.ThrowsAsync<InvalidOptionsException>(() => host.StartAsync());

        Assert.Contains("Nothing runs the grid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_BeforeTheStartAndAfterTheStop_IsToldSo()
    {
        _host = Build();
        var early = await Assert.ThrowsAsync<GridUnavailableException>(SubmitAsync);
        await _host.StartAsync();
        await SubmitAsync();
        await _host.StopAsync();
        var late = await Assert.ThrowsAsync<GridUnavailableException>(SubmitAsync);

        Assert.Contains("not started", early.Message, StringComparison.Ordinal);
        Assert.Contains("stopped", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondHost_OnTheSameStore_IsRefused_UntilTheFirstStops()
    {
        _host = Build();
        await _host.StartAsync();

        using (var second = Build())
        {
            await Assert.ThrowsAsync<StoreInUseException>(() => second.StartAsync());
        }

        Assert.Equal(JobState.Succeeded, (await (await SubmitAsync()).WaitAsync().WaitAsync(Patience)).State);
        await _host.StopAsync();
        using var third = Build();
        await third.StartAsync();
        await third.StopAsync();
    }

    [Fact]
    public async Task LostStore_StopsWhatRuns_WithoutAnAck_AndTheHost()
    {
        var claim = new TestClaim();
        _host = BuildWith<IStoreOwnership>(nameof(IJobStore.OwnAsync), _ => Task.FromResult<IStoreOwnership>(claim));
        await _host.StartAsync();
        var gate = _script.Hold("held");
        var job = await Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("held"));
        var attempt = await gate.EnteredAsync();
        var stopping = new TaskCompletionSource();
        using var registration = _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        claim.Lose();

        await stopping.Task.WaitAsync(Patience);
        Assert.Equal(CancellationCause.LeaseLost, attempt.CancellationCause);
        await Assert.ThrowsAsync<GridUnavailableException>(SubmitAsync);
        await _host.StopAsync();
        Assert.Equal(JobState.Running, (await StoredAsync(job.Id)).State);
    }

    /// <summary>The start's commit, and the ack's; both are repeated.</summary>
    [Fact]
    public async Task Start_WhoseCommitIsUnclear_IsSettledByReading_AndRunsOnce()
    {
        var failures = 0;
        _host = BuildWith<bool>(nameof(IJobStore.UpdateAsync), async update =>
        {
            var written = await update();
            return Interlocked.Increment(ref failures) <= 2 ? throw new GridUnavailableException("The commit is unclear.") : written;
        });
        await _host.StartAsync();

        var end = await (await SubmitAsync()).WaitAsync().WaitAsync(Patience);

        Assert.Equal((JobState.Succeeded, 1), (end.State, end.Attempt));
        Assert.Single(_script.Runs);
        Assert.Equal(2, failures);
    }

    [Fact]
    public async Task Submit_WhoseCommitIsUnclear_IsTheSameJobWhenItIsRepeated()
    {
        var failed = 0;
        _host = BuildWith<InsertOutcome>(nameof(IJobStore.InsertAsync), async insert =>
        {
            var outcome = await insert();
            return Interlocked.Exchange(ref failed, 1) == 0 ? throw new GridUnavailableException("The commit is unclear.") : outcome;
        });
        await _host.StartAsync();
        var submission = Jobs.Describe(ScriptedJob.Class, new ScriptedJob("once"));

        await Assert.ThrowsAsync<GridUnavailableException>(() => Jobs.SubmitAsync(submission));
        var repeat = await Jobs.SubmitAsync(submission);

        Assert.Equal(SubmitStatus.AlreadySubmitted, repeat.Status);
        Assert.Equal(JobState.Succeeded, (await Jobs.GetHandle(submission.Id).WaitAsync().WaitAsync(Patience)).State);
        Assert.Single(_script.Runs);
    }

    private Task<JobHandle> SubmitAsync() => Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob("job"));

    private IHost Build() => BuildOn(RealStore());

    /// <summary>A host on a store of which one member is answered differently; it is given what calls the real one.</summary>
    private IHost BuildWith<T>(string member, Func<Func<Task<T>>, Task<T>> answer)
    {
        var real = RealStore();
        return BuildOn(StandInStore.Of(real, (name, arguments) => name == member
            ? answer(() => (Task<T>)typeof(IJobStore).GetMethod(member)!.Invoke(real, arguments)!)
            : null));
    }

    private IHost BuildOn(IJobStore store) => EmbeddedHosts.Build(
        jobs => jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class),
        builder => builder.Services.AddSingleton(_script).AddSingleton(_ => store),
        jobs => jobs.UseEmbedded(_engine.Path));

    private SqliteJobStore RealStore() => new(new SqliteStoreOptions(_engine.Path), NullLogger<SqliteJobStore>.Instance, TimeProvider.System);

    private async Task<Core.Lifecycle.JobRecord> StoredAsync(JobId id)
    {
        await using var store = RealStore();
        await store.InitializeAsync();
        return (await store.FindAsync(id))!;
    }

    private sealed class TestClaim : IStoreOwnership
    {
        private readonly CancellationTokenSource _lost = new();

        public CancellationToken Lost => _lost.Token;

        public void Lose() => _lost.Cancel();

        public ValueTask DisposeAsync()
        {
            _lost.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
