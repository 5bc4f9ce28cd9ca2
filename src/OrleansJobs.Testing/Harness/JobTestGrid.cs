using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Testing;

/// <summary>
/// A whole grid for a test: the embedded engine on a store of its own, and a clock that stands still until the test moves it. Jobs that
/// are due run by themselves; <see cref="RunDueAsync"/> waits for them, <see cref="AdvanceAsync"/> lets time pass and runs what comes due
/// on the way, <see cref="RunAllAsync"/> goes on until nothing is left to run.
/// </summary>
public sealed class JobTestGrid : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly DirectoryInfo _directory;
    private readonly GridProgress _progress;

    private JobTestGrid(IHost host, DirectoryInfo directory, WatchedTimeProvider time)
    {
        _host = host;
        _directory = directory;
        Time = time;
        Jobs = host.Services.GetRequiredService<RecordingJobClient>();
        _progress = new GridProgress(Jobs, time, host.Services.GetRequiredService<GridPace>());
    }

    /// <summary>The grid, as code under test gets it by <see cref="IJobClient"/>; it remembers what is submitted.</summary>
    public RecordingJobClient Jobs { get; }

    /// <summary>
    /// The grid's clock. Moving it does not wait for what then happens; <see cref="AdvanceAsync"/> does. Moved by more than an hour at
    /// once while an attempt runs, it costs the attempt its lease, as a process that was frozen for so long would find.
    /// </summary>
    public FakeTimeProvider Time { get; }

    /// <summary>The services of the grid's process.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Starts a grid.</summary>
    /// <param name="configure">Its job classes, as an application registers them.</param>
    /// <param name="services">What else the handlers need.</param>
    /// <exception cref="InvalidOptionsException">The options of the classes are not valid; the text lists every fault.</exception>
    public static async Task<JobTestGrid> StartAsync(Action<JobGridBuilder> configure, Action<IServiceCollection>? services = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var directory = Directory.CreateTempSubdirectory("orleansjobs-test-");
        var time = new WatchedTimeProvider();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(new GridPace(TimeProvider.System));
        services?.Invoke(builder.Services);
        builder.Services.AddOrleansJobs(jobs => configure(jobs.ConfigureWorkers(WithLongLeases))).UseEmbedded(Path.Combine(directory.FullName, "jobs.db"));
        builder.Services.RecordSubmissions();
        var host = builder.Build();
        await host.StartAsync();
        return new JobTestGrid(host, directory, time);
    }

    /// <summary>Waits until no job that may run now is left, without moving the clock.</summary>
    /// <exception cref="TimeoutException">Something still runs after 30 s of real time; the message says what.</exception>
    public Task RunDueAsync() => _progress.RunDueAsync();

    /// <summary>Moves the clock; what comes due on the way (delays, retries, tokens of a rate) runs at its time.</summary>
    /// <param name="by">How far; 0 or more.</param>
    /// <exception cref="TimeoutException">Something still runs after 30 s of real time; the message says what.</exception>
    public Task AdvanceAsync(TimeSpan by) => _progress.AdvanceAsync(by);

    /// <summary>
    /// Runs everything, with all retries, delays and snoozes, moving the clock as far as that takes. Jobs of a paused class stay.
    /// </summary>
    /// <exception cref="TimeoutException">Something still runs after 30 s of real time; the message says what.</exception>
    /// <exception cref="JobAssertionException">It came to no end in 10,000 moves of the clock.</exception>
    public Task RunAllAsync() => _progress.RunAllAsync();

    /// <summary>Waits until a job is in a state, and gives it as it is then. Does not move the clock.</summary>
    /// <exception cref="JobAssertionException">It was not in it within 30 s of real time, or ended otherwise; the message says where it stands.</exception>
    public Task<JobSnapshot> WaitForAsync(JobId id, JobState state) => _progress.WaitForAsync(id, state);

    /// <summary>Asserts on the state of a job, and gives the job.</summary>
    /// <exception cref="JobAssertionException">It is in another state; the message says why it waits or how it failed.</exception>
    public async Task<JobSnapshot> AssertStateAsync(JobId id, JobState state)
    {
        var job = await Jobs.GetAsync(id);
        return job.State == state ? job : throw new JobAssertionException($"Expected {state}. {await _progress.DescribeAsync(job)}");
    }

    /// <summary>Asserts that a job with such a payload was submitted, to any class that takes this type, and gives the first one.</summary>
    /// <exception cref="JobAssertionException">There is none; the message lists what was submitted.</exception>
    public SubmittedJob AssertSubmitted<TPayload>(Func<TPayload, bool>? match = null) =>
        Jobs.AssertSubmitted(ClassOf<TPayload>(), match);

    /// <summary>Asserts that no job with such a payload was submitted to the class that takes this type.</summary>
    /// <exception cref="JobAssertionException">There is one; the message lists what was submitted.</exception>
    public void AssertNotSubmitted<TPayload>(Func<TPayload, bool>? match = null) =>
        Jobs.AssertNotSubmitted(ClassOf<TPayload>(), match);

    /// <summary>Stops the grid and deletes its store.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var atOnce = new CancellationTokenSource())
        {
            await atOnce.CancelAsync();
            await _host.StopAsync(atOnce.Token);
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A clock that jumps gives no time to renew leases on the way.</summary>
    private static WorkerOptions WithLongLeases(WorkerOptions workers) => workers with
    {
        LeaseTimeout = WorkerOptions.MaxLeaseTimeout,
        RenewPeriod = WorkerOptions.MaxLeaseTimeout / 3,
    };

    private string ClassOf<TPayload>()
    {
        var classes = Services.GetRequiredService<JobClassRegistry>().All.Where(jobClass => jobClass.PayloadType == typeof(TPayload)).ToList();
        return classes.Count == 1
            ? classes[0].Name
            : throw new JobAssertionException(
                $"{classes.Count} job classes take {typeof(TPayload).Name}; say which one: grid.Jobs.AssertSubmitted(\"class\", …).");
    }
}
