using LearningPlatform.Hosting.Probes;
using OrleansJobs;
using OrleansJobs.Dashboard;
using OrleansJobs.Storage;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Registration;

namespace LearningPlatform.Hosting;

/// <summary>Puts a host together: the learning platform's classes, the engine on its store, the HTTP API.</summary>
internal sealed class GridHostSetup(GridHostOptions options, IHostEngine engine)
{
    public void Configure(WebApplicationBuilder builder)
    {
        builder.UseLoopbackUnlessConfigured();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.AddOrleansJobsTelemetry(builder.Configuration);
        builder.Services.AddSingleton(options.Audit);
        builder.Services.AddOrleansJobsApi();
        engine.Add(builder, options, jobs => AddClasses(jobs, builder.Configuration));
    }

    /// <summary>
    /// Finds what is wrong with the classes' options, the ports or the store before anything runs: whoever starts a host should read a
    /// sentence, not the traces that a failing start leaves in the log.
    /// </summary>
    /// <exception cref="InvalidOptionsException">The options of classes or workers are not valid, or a port is taken.</exception>
    /// <exception cref="StoreSetupException">The store cannot be used.</exception>
    public async Task CheckAsync(IServiceProvider services)
    {
        _ = services.GetRequiredService<JobClassRegistry>();
        CheckShutdown(services.GetRequiredService<WorkerOptions>());
        PortCheck.ThrowIfTaken([.. engine.Endpoints, .. PortCheck.EndpointsOf(GridHostOptions.HttpUrlKey, string.Join(';', options.HttpUrls))]);
        await services.GetRequiredService<IJobStore>().InitializeAsync();
    }

    private void AddClasses(JobGridBuilder jobs, ConfigurationManager configuration)
    {
        var grid = configuration.GetSection(GridHostOptions.Section);
        jobs.AddLearningPlatform(configuration.GetSection("LearningPlatform"))
            .AddProbes(options.Probe)
            .BindClasses(grid.GetSection(GridHostOptions.ClassesSection))
            .BindWorkers(grid.GetSection(GridHostOptions.WorkersSection));
    }

    private void CheckShutdown(WorkerOptions workers)
    {
        var drain = workers.DrainTimeout + workers.DrainGracePeriod + workers.ReleaseTimeout;
        if (options.ShutdownTimeout <= drain)
        {
            throw new InvalidOptionsException(
            [
                $"{GridHostOptions.Section}:{GridHostOptions.ShutdownTimeoutKey} is {options.ShutdownTimeout.TotalSeconds:0}; it has to be longer than a drain, "
                    + $"which takes up to {drain.TotalSeconds:0.###} s: {GridHostOptions.Section}:{GridHostOptions.WorkersSection}:DrainTimeout "
                    + $"({workers.DrainTimeout}) + DrainGracePeriod ({workers.DrainGracePeriod}) + ReleaseTimeout ({workers.ReleaseTimeout}).",
            ]);
        }
    }
}
