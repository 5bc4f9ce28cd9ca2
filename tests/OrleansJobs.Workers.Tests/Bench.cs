using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Core.Dispatch;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Testing;
using OrleansJobs.TestKit;
using OrleansJobs.TestKit.Ports;
using OrleansJobs.Workers.Agents;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Tests;

/// <summary>The workers of one silo between ports in memory, by a clock that stands still.</summary>
internal sealed class Bench : IAsyncDisposable
{
    public const string JobClassName = "work";
    public const string Silo = "silo-1";

    private readonly ServiceProvider _services;

    public Bench(Action<JobClassOptions>? configure = null, Action<JobGridBuilder>? grid = null, int permits = 8, IClassRedactor? redactor = null)
    {
        Jobs = new InMemoryJobPort(Time);
        Dispatcher = new ScriptedDispatcherPort(permits);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(Script);
        services.AddSingleton<IJobPort>(Jobs);
        services.AddSingleton<IDispatcherPort>(Dispatcher);
        services.AddSingleton<IJobLogPort>(new InMemoryJobLog());
        services.AddSingleton<ISlotRunner>(provider => provider.GetRequiredService<LeaseRunner>());
        services.AddSingleton(new LocalSilo(Silo));
        services.AddOrleansJobs(jobs =>
        {
            jobs.AddHandler<Work, WorkHandler>(JobClassName, configure);
            grid?.Invoke(jobs);
        });
        if (redactor is not null)
        {
            services.AddSingleton(redactor);
        }

        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public WatchedTimeProvider Time { get; } = new();

    public WorkScript Script { get; } = new();

    public InMemoryJobPort Jobs { get; }

    public ScriptedDispatcherPort Dispatcher { get; }

    public LeaseRunner Runner => _services.GetRequiredService<LeaseRunner>();

    public RunningJobs Running => _services.GetRequiredService<RunningJobs>();

    public ProcessGate Gate => _services.GetRequiredService<ProcessGate>();

    public ExplainedLosses Explained => _services.GetRequiredService<ExplainedLosses>();

    public SiloAgent Agent => _services.GetRequiredService<SiloAgent>();

    public WorkerOptions Options => _services.GetRequiredService<WorkerOptions>();

    /// <summary>Stores a queued job and makes a lease of it.</summary>
    public JobLease NewLease(string? payload = null, Func<JobRecord, JobRecord>? with = null)
    {
        var job = new JobRecord
        {
            Id = JobId.New(Time.GetUtcNow()),
            JobClass = JobClassName,
            State = JobState.Queued,
            Payload = Encoding.UTF8.GetBytes(payload ?? """{"name":"one"}"""),
            MaxAttempts = 10,
            SubmittedAt = Time.GetUtcNow(),
            DueAt = Time.GetUtcNow(),
        };
        job = Jobs.Put(with is null ? job : with(job));
        return Dispatcher.MakeLease(job.ToWaiting(), JobClassName, Time.GetUtcNow());
    }

    /// <summary>Runs a lease whose handler does this.</summary>
    public Task<LeaseCompletion> RunAsync(JobLease lease, Func<Work, JobContext, Task<JobResult>> body)
    {
        Script.Body = body;
        return Runner.RunAsync(lease);
    }

    public JobRecord JobOf(JobLease lease) => Jobs[lease.Job.Id];

    public async Task StartAgentAsync()
    {
        await Agent.StartAsync();
        await Dispatcher.WhenParkedAsync();
    }

    /// <summary>Starts the agent and gives it a lease, whose handler runs until it is stopped; gives the lease once it runs.</summary>
    public async Task<JobLease> StartAgentWithALeaseAsync()
    {
        Script.RunUntilStopped();
        await StartAgentAsync();
        var lease = NewLease();
        Dispatcher.Grant(lease);
        await Script.Started.WhenAsync(1);
        return lease;
    }

    public ValueTask DisposeAsync()
    {
        Running.Abandon();
        return _services.DisposeAsync();
    }
}
