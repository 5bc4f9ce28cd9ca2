using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansJobs.Dashboard;

/// <summary>Where a web host listens.</summary>
public static class WebApplicationBuilderExtensions
{
    /// <summary>
    /// Listens on <see cref="OrleansJobsHttpOptions.DefaultUrl"/> unless <c>JobGrid:Http:Url</c> names other addresses, which have to be those
    /// of loopback as long as nobody is asked who they are. Other settings (<c>ASPNETCORE_URLS</c>, …) have no say, so nothing opens the API
    /// to a network by accident.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="access">Who may use the API beside what the configuration says, such as by schemes of the host.</param>
    /// <exception cref="InvalidOptionsException">An address or an access option is not valid, or an address is open to strangers.</exception>
    public static WebApplicationBuilder UseLoopbackUnlessConfigured(
        this WebApplicationBuilder builder, Action<OrleansJobsAccessOptions>? access = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var http = OrleansJobsHttpOptions.Read(builder.Configuration);
        var options = OrleansJobsHttpOptions.ReadAccess(builder.Configuration);
        if (access is not null)
        {
            access(options);
            builder.Services.Configure(access);
        }

        if (http.Validate(options) is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException(faults);
        }

        builder.WebHost.UseUrls([.. http.Url.Split(';').Select(one => one.Trim())]);
        return builder;
    }
}
