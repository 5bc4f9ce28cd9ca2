using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Has the options checked when the host starts, before its server listens: faults, and addresses that strangers reach although nobody is
/// asked who they are.
/// </summary>
internal sealed class AccessStartupCheck(IOptions<OrleansJobsAccessOptions> access, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } text ? text : OrleansJobsHttpOptions.DefaultUrl;
        IReadOnlyList<string> faults = [.. access.Value.Validate(), .. OrleansJobsHttpOptions.Exposed(urls, access.Value)];
        return faults.Count == 0 ? Task.CompletedTask : throw new InvalidOptionsException(faults);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
