using System.Globalization;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;

namespace OrleansJobs.Client.Connecting;

/// <summary>Says which cluster a client looked for, where, and what it found there.</summary>
internal sealed class ConnectReport(IOptions<ClusterOptions> cluster, IEnumerable<IGatewayListProvider> providers, IEnumerable<IMembershipSource> sources)
{
    /// <summary>The longest that looking once more, for the report, may take.</summary>
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait for one gateway's answer.</summary>
    private static readonly TimeSpan KnockLimit = TimeSpan.FromSeconds(1);

    /// <summary>More gateways than this are not tried, and not named.</summary>
    private const int MaxGateways = 4;

    private readonly IMembershipSource? _source = sources.FirstOrDefault();
    private readonly IGatewayListProvider? _provider = providers.LastOrDefault();

    /// <summary>The whole sentence.</summary>
    public async Task<string> MakeAsync(TimeSpan after, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookLimit);
        var seconds = after.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var (id, service) = (cluster.Value.ClusterId, cluster.Value.ServiceId);
        return $"The job grid was not reached within {seconds} s. Looked for cluster '{id}' (service '{service}') in {Place}: "
            + $"{await FindAsync(limit.Token)}.";
    }

    private string Place => _source?.Place ?? $"the gateways of {_provider?.GetType().Name ?? "the client"}";

    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var gateways = await ListAsync(cancellationToken);
            return gateways.Count > 0 ? await KnockAsync(gateways, cancellationToken)
                : _source is null ? "no live silo with a gateway is listed there"
                : await _source.FindAsync(cluster.Value.ClusterId, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return $"it did not answer within {LookLimit.TotalSeconds:0} s";
        }
        catch (Exception exception)
        {
            // Whatever it is, it is what the reader has to hear of.
            return $"it cannot be read ({exception.GetBaseException().Message.TrimEnd('.')})";
        }
    }

    // A provider of PostgreSQL fails where there is no table; what its source says of that is clearer.
    private async Task<IList<Uri>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _provider!.InitializeGatewayListProviderAsync(cancellationToken).WaitAsync(cancellationToken);
            return await _provider.GetGatewaysAsync(cancellationToken).WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (_source is not null && exception is not OperationCanceledException)
        {
            return [];
        }
    }

    private static async Task<string> KnockAsync(IList<Uri> gateways, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(gateways.Take(MaxGateways).Select(gateway => KnockAsync(gateway, cancellationToken)));
        var more = gateways.Count > MaxGateways ? $", and {gateways.Count - MaxGateways} more are listed" : "";
        return string.Join("; ", answers) + more;
    }

    private static async Task<string> KnockAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(KnockLimit);
        var name = $"the gateway {gateway.Host}:{gateway.Port}";
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(gateway.Host, gateway.Port, limit.Token);
            return $"{name} takes connections but did not answer as a silo of this cluster in that time";
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode == SocketError.ConnectionRefused ? $"{name} refuses connections" : $"{name} fails ({error.Message})";
        }
        catch (OperationCanceledException)
        {
            return $"{name} does not answer";
        }
    }
}
