using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansJobs.Workers;
using OrleansJobs.Workers.Registration;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>The job classes and the times of the workers, which are checked together with what the application registered.</summary>
internal sealed class ClassesPart(IServiceProvider services) : IHostPart
{
    public const string Classes = "Classes";
    public const string Workers = "Workers";

    public void Read(SettingsReader settings)
    {
        settings.Elsewhere(Workers, []);
        try
        {
            _ = services.GetRequiredService<JobClassRegistry>();
            settings.Elsewhere(Classes, []);
            CheckShutdown(settings, services.GetRequiredService<WorkerOptions>(), services.GetRequiredService<IOptions<HostOptions>>().Value);
        }
        catch (InvalidOptionsException faulty)
        {
            settings.Elsewhere(Classes, faulty.Faults);
        }
    }

    private static void CheckShutdown(SettingsReader settings, WorkerOptions workers, HostOptions host)
    {
        var drain = workers.DrainTimeout + workers.DrainGracePeriod + workers.ReleaseTimeout;
        settings.Require(host.ShutdownTimeout > drain,
            $"{JobSettings.Section}:{ShutdownPart.Key} is {JobDuration.Format(host.ShutdownTimeout)}; it has to be longer than a drain, which takes up to "
                + $"{JobDuration.Format(drain)}: {JobSettings.Section}:{Workers}:DrainTimeout ({JobDuration.Format(workers.DrainTimeout)}) + DrainGracePeriod "
                + $"({JobDuration.Format(workers.DrainGracePeriod)}) + ReleaseTimeout ({JobDuration.Format(workers.ReleaseTimeout)}).");
    }
}
