using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Aspire;

/// <summary>An application has one silo or one Orleans client, and so one grid; a second one would take the first one's connection.</summary>
internal sealed record GridOfApplication(string ConnectionName)
{
    /// <exception cref="InvalidOptionsException">The application has a grid already.</exception>
    public static void Take(IServiceCollection services, string connectionName)
    {
        var taken = services.FirstOrDefault(service => service.ServiceType == typeof(GridOfApplication))?.ImplementationInstance;
        if (taken is GridOfApplication grid)
        {
            throw new InvalidOptionsException(
                [$"The application has the grid of '{grid.ConnectionName}' already, and cannot have that of '{connectionName}': it is one silo or one client of one grid. A silo has an IJobClient too."]);
        }

        services.AddSingleton(new GridOfApplication(connectionName));
    }
}
