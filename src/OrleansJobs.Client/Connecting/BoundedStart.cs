using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace OrleansJobs.Client.Connecting;

/// <summary>The Orleans client, whose start ends with a sentence when no silo was reached in time.</summary>
internal sealed class BoundedStart(IHostedService client, ConnectReport report, IOptions<JobClientOptions> options, TimeProvider time) : IHostedService
{
    /// <exception cref="GridUnavailableException">No silo was reached.</exception>
    /// <exception cref="InvalidOptionsException">An option is out of range.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        options.Value.Validate();
        using var limit = new CancellationTokenSource(options.Value.ConnectTimeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var begin = time.GetTimestamp();
        try
        {
            // Not the token alone: what Orleans does after it may hang as well.
            await client.StartAsync(end.Token).WaitAsync(end.Token);
        }
        catch (Exception exception) when (exception is not (OrleansConfigurationException or JobsException) && !cancellationToken.IsCancellationRequested)
        {
            throw new GridUnavailableException(await report.MakeAsync(time.GetElapsedTime(begin), cancellationToken), exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => client.StopAsync(cancellationToken);
}
