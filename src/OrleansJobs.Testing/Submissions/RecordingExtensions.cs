using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Testing;

/// <summary>Puts a <see cref="RecordingJobClient"/> in front of an application's client.</summary>
public static class RecordingExtensions
{
    /// <summary>
    /// Makes the application's <see cref="IJobClient"/> a <see cref="RecordingJobClient"/>, which can also be asked for by that type. Call
    /// it after what registers the client.
    /// </summary>
    /// <exception cref="InvalidOperationException">No client is registered yet.</exception>
    public static IServiceCollection RecordSubmissions(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var client = services.LastOrDefault(service => service.ServiceType == typeof(IJobClient) && !service.IsKeyedService)
            ?? throw new InvalidOperationException("There is no IJobClient to record; register the grid or its client first.");
        services.Remove(client);
        services.AddSingleton(provider => new RecordingJobClient(Make(client, provider)));
        return services.AddSingleton<IJobClient>(provider => provider.GetRequiredService<RecordingJobClient>());
    }

    private static IJobClient Make(ServiceDescriptor client, IServiceProvider provider) => (IJobClient)(
        client.ImplementationInstance
        ?? client.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, client.ImplementationType!));
}
