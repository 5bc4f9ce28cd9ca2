using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Conformance;

/// <summary>
/// The base of the suite that every engine has to pass on every store: it is written against <see cref="IJobClient"/> and the handler API
/// alone. A difference between engines is a fault.
/// </summary>
public abstract class GridConformance : IAsyncLifetime
{
    /// <summary>Far longer than anything takes here; only a fault reaches it.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private IGridEngine _engine = null!;
    private IHost? _host;

    /// <summary>What the handlers of the suite do and have seen.</summary>
    protected Script Script { get; } = new();

    /// <summary>Whether hosts that are started from now on have the suite's second class.</summary>
    protected bool HasOtherClass { get; set; } = true;

    /// <summary>The grid under test.</summary>
    protected IJobClient Jobs => Services.GetRequiredService<IJobClient>();

    /// <summary>The services of the host.</summary>
    protected IServiceProvider Services => _host!.Services;

    /// <summary>Makes the engine with a fresh store.</summary>
    protected abstract Task<IGridEngine> CreateEngineAsync();

    public async Task InitializeAsync()
    {
        _engine = await CreateEngineAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        Script.ReleaseAll();
        await StopAsync();
        await _engine.DisposeAsync();
    }

    /// <summary>Starts a host; a test may bring options of its own for the class.</summary>
    protected async Task StartAsync(Action<JobClassOptions>? options = null, Action<JobGridBuilder>? grid = null)
    {
        _host = await _engine.StartAsync(
            jobs =>
            {
                jobs.AddHandler<ScriptedJob, ScriptedHandler>(ScriptedJob.Class, configured =>
                {
                    configured.MaxLocalWorkers = 4;
                    configured.Retry = Retry.Fixed(maxAttempts: 3, TimeSpan.FromMilliseconds(50));
                    options?.Invoke(configured);
                });
                if (HasOtherClass)
                {
                    jobs.AddHandler<OtherJob, OtherHandler>(OtherJob.Class, other => other.MaxLocalWorkers = 4);
                }

                grid?.Invoke(jobs);
            },
            builder => builder.Services.AddSingleton(Script));
    }

    /// <summary>Stops the host as a deploy does.</summary>
    protected async Task StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.StopAsync();
            await AsDisposable(host).DisposeAsync();
        }
    }

    /// <summary>Stops the host and starts another with these options over the same store.</summary>
    protected async Task RestartAsync(Action<JobClassOptions>? options = null)
    {
        await StopAsync();
        await StartAsync(options);
    }

    /// <summary>Submits a scripted job.</summary>
    protected Task<JobHandle> SubmitAsync(string name = "job", SubmitOptions? options = null) =>
        Jobs.SubmitAsync(ScriptedJob.Class, new ScriptedJob(name), options);

    /// <summary>The job once it has ended.</summary>
    protected static async Task<JobSnapshot> EndOfAsync(JobHandle job)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await job.WaitAsync(patience.Token);
    }

    /// <summary>The job as soon as it is seen in a state.</summary>
    protected static async Task<JobSnapshot> UntilAsync(JobHandle job, JobState state)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var snapshot in job.WatchAsync(patience.Token))
        {
            if (snapshot.State == state)
            {
                return snapshot;
            }
        }

        throw new InvalidOperationException($"The job never was {state}.");
    }

    /// <summary>Asks until the answer is good.</summary>
    protected Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isGood) => UntilAsync(_ => ask(), isGood);

    /// <summary>
    /// Asks until the answer is good. What a dispatcher knows comes a moment after what a job's authority knows; and some verdicts say that jobs
    /// wait for more than a moment.
    /// </summary>
    protected async Task<T> UntilAsync<T>(Func<CancellationToken, Task<T>> ask, Func<T, bool> isGood)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask(patience.Token);
            if (isGood(answer))
            {
                return answer;
            }

            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"It never came; the last answer was {answer}.");
            }

            await Jobs.ReadFinishedAsync(HasOtherClass ? OtherJob.Class : ScriptedJob.Class, long.MaxValue - 1, 1, Glance);
        }
    }

    private static IAsyncDisposable AsDisposable(IHost host) => (IAsyncDisposable)host;
}
