using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrleansJobs.Storage;

/// <summary>Brings stores and engines together: neither has to know the other, nor to come first.</summary>
public static class JobStoreServiceCollectionExtensions
{
    /// <summary>
    /// Chooses the store of the process's grid. Choosing none, or two, is a fault at start. An <see cref="IJobStore"/> that the services
    /// have already stays.
    /// </summary>
    public static IServiceCollection UseJobStore(this IServiceCollection services, JobStoreDescriptor store)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(store);
        ChoiceOf(services).Choose(store);
        return services;
    }

    /// <summary>Adds the store that is, or will be, chosen.</summary>
    internal static void ExpectJobStore(this IServiceCollection services) => ChoiceOf(services);

    /// <summary>Has an engine told of the store that is, or will be, chosen.</summary>
    internal static void WhenJobStoreIsChosen(this IServiceCollection services, Action<JobStoreDescriptor> act) =>
        ChoiceOf(services).Listen(act);

    private static JobStoreChoice ChoiceOf(IServiceCollection services)
    {
        foreach (var service in services)
        {
            if (service.ServiceType == typeof(JobStoreChoice))
            {
                return (JobStoreChoice)service.ImplementationInstance!;
            }
        }

        var choice = new JobStoreChoice();
        services.AddSingleton(choice);
        services.TryAddSingleton(choice.Create);
        return choice;
    }
}
