using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Hosting;

namespace OrleansJobs.Dashboard;

/// <summary>Where a web host listens.</summary>
public static class WebApplicationBuilderExtensions
{
    /// <summary>
    /// Listens on <c>JobGrid:Http:Url</c> if that is set. Otherwise the application keeps the addresses that it has of its own
    /// (<see cref="OrleansJobsHttpOptions.UrlsOf"/>); one that has none listens on <see cref="OrleansJobsHttpOptions.DefaultUrl"/>. An
    /// application that decides by itself where it listens does not need this.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="access">Who may use the API beside what the configuration says, such as by schemes of the host.</param>
    /// <exception cref="InvalidOptionsException">An address or an access option is not valid, or an address is open to strangers.</exception>
    public static WebApplicationBuilder UseLoopbackUnlessConfigured(
        this WebApplicationBuilder builder, Action<OrleansJobsAccessOptions>? access = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = HttpConfiguration.ReadAccess(builder.Configuration);
        if (access is not null)
        {
            access(options);
            builder.Services.Configure(access);
        }

        if (HttpConfiguration.Check(builder.Configuration, options) is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException(faults);
        }

        if (HttpConfiguration.ListensForTheGrid(builder.Configuration))
        {
            builder.WebHost.UseUrls([.. OrleansJobsHttpOptions.UrlsOf(builder.Configuration)]);
        }

        return builder;
    }
}
