using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansJobs;
using OrleansJobs.Telemetry;
using OrleansJobs.Telemetry.Export;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends a host's telemetry to where it is wanted.</summary>
public static class TelemetryServiceCollectionExtensions
{
    /// <summary>
    /// Exports spans and measures of the grid, of Orleans, ASP.NET and the runtime over OTLP, if an endpoint is configured, and keeps the measures
    /// for <c>MapOrleansJobsMetrics</c>. Reads <see cref="TelemetryOptions.Section"/>, and OpenTelemetry's own environment variables. It
    /// begins before all other parts of the host and ends after them, so that their last spans are exported. It is part of the application's own
    /// <c>AddOpenTelemetry()</c>, if there is one, which gets the grid's spans and measures too.
    /// </summary>
    /// <param name="services">The host.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <param name="configure">Changes what the configuration says.</param>
    /// <exception cref="InvalidOptionsException">An option is not valid; the text lists every fault.</exception>
    public static IServiceCollection AddOrleansJobsTelemetry(
        this IServiceCollection services, IConfiguration configuration, Action<TelemetryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var options = TelemetryOptions.Read(configuration);
        configure?.Invoke(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException(faults);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddExport(ExportPlan.Of(options, configuration));
        return services;
    }
}
