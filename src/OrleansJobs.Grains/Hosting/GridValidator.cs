using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using OrleansJobs.Storage;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Grains.Hosting;

/// <summary>Stops a silo from starting with options that cannot work.</summary>
internal sealed class GridValidator(IServiceProvider services) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        _ = services.GetRequiredService<IJobStore>();
        _ = services.GetRequiredService<JobClassRegistry>();
    }
}
