using OrleansJobs;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace LearningPlatform.Hosting.Probes;

/// <summary>Adds the probe classes to a host.</summary>
internal static class ProbeRegistration
{
    /// <summary>Adds the classes <c>probe</c> and <c>probe2</c>, unless the options leave them out.</summary>
    public static JobGridBuilder AddProbes(this JobGridBuilder jobs, ProbeOptions options)
    {
        jobs.Services.AddSingleton<IHostPart, ProbePart>();
        if (!options.Enabled)
        {
            return jobs;
        }

        jobs.Services.AddSingleton(options);
        jobs.Services.AddSingleton<ProbeEffects>();
        jobs.Services.AddSingleton<ProbeDownstream>();
        return jobs
            .AddHandler<Probe, ProbeHandler>("probe", ProbeHandler.Configure)
            .AddHandler<Probe, ProbeHandler>("probe2", ProbeHandler.Configure);
    }
}
