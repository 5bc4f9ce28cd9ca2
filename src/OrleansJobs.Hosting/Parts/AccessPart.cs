using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard;
using OrleansJobs.Workers.Settings;

namespace OrleansJobs.Hosting.Parts;

/// <summary>Who may use the HTTP API and how it is reached, in an application that has it.</summary>
internal sealed class AccessPart(IServiceProvider services, IConfiguration configuration) : IHostPart
{
    public void Read(SettingsReader settings)
    {
        if (services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IConfigureOptions<OrleansJobsAccessOptions>)))
        {
            settings.Elsewhere(KeyOf(OrleansJobsHttpOptions.Section),
                OrleansJobsHttpOptions.Validate(configuration, services.GetRequiredService<IOptions<OrleansJobsAccessOptions>>().Value));
            settings.Elsewhere(KeyOf(OrleansJobsAccessOptions.Section), []);
            settings.Require(services.GetService<HttpPart>() is not null || HttpPart.IsInEffect(configuration),
                $"{HttpPart.UrlKey} is '{configuration[HttpPart.UrlKey]}', but this application decides by itself where it listens: leave the setting out.");
        }
    }

    private static string KeyOf(string section) => section[(JobSettings.Section.Length + 1)..];
}
