using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;

namespace OrleansJobs.Dashboard;

/// <summary>Where a web host listens.</summary>
public static class WebApplicationBuilderExtensions
{
    /// <summary>
    /// Listens on <see cref="OrleansJobsHttpOptions.DefaultUrl"/> unless <c>JobGrid:Http:Url</c> names other addresses. Other settings
    /// (<c>ASPNETCORE_URLS</c>, …) have no say, so nothing opens the API to a network by accident.
    /// </summary>
    /// <exception cref="InvalidOptionsException">An address is not valid.</exception>
    public static WebApplicationBuilder UseLoopbackUnlessConfigured(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new OrleansJobsHttpOptions();
        if (builder.Configuration[$"{OrleansJobsHttpOptions.Section}:{nameof(options.Url)}"] is { Length: > 0 } url)
        {
            options.Url = url;
        }

        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new InvalidOptionsException(faults);
        }

        builder.WebHost.UseUrls([.. options.Url.Split(';').Select(one => one.Trim())]);
        return builder;
    }
}
