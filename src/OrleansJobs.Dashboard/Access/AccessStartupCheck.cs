using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Hosting;

namespace OrleansJobs.Dashboard.Access;

/// <summary>
/// Has the options checked before anything of the host starts: faults, and addresses that strangers reach although nobody is asked who they
/// are. Some addresses are in no configuration, so those of the server are looked at again when it listens; until then strangers are
/// refused call by call.
/// </summary>
internal sealed class AccessStartupCheck(IOptions<OrleansJobsAccessOptions> access, IConfiguration configuration, IServer? server = null) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Require(HttpConfiguration.Check(configuration, access.Value));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return Require([.. HttpConfiguration.Exposed(addresses.Select(url => (HttpConfiguration.ApplicationUrl, url)), access.Value)]);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Task Require(IReadOnlyList<string> faults) => faults.Count == 0 ? Task.CompletedTask : throw new InvalidOptionsException(faults);
}
