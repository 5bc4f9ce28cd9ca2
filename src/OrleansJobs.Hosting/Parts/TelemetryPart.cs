using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Telemetry;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>Where telemetry goes, in an application that has it.</summary>
internal sealed class TelemetryPart(IServiceProviderIsService services, IConfiguration configuration) : IHostPart
{
    public void Read(SettingsReader settings)
    {
        if (services.IsService(typeof(TelemetryOptions)))
        {
            settings.Elsewhere(TelemetryOptions.Section[(JobSettings.Section.Length + 1)..], TelemetryOptions.Validate(configuration));
        }
    }
}
