using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Dashboard.Hosting;

/// <summary>Tells of connections that were refused: each is counted, and once a minute at most there is a line in the log.</summary>
internal sealed partial class RefusedConnections(TimeProvider time, ILogger<RefusedConnections> log)
{
    /// <summary>The shortest time between two lines.</summary>
    public static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    private static readonly Counter<long> Refused = JobsTelemetry.Meter.CreateCounter<long>(
        "orleansjobs.http.connections.refused", "{connection}", "Connections that were closed at once because their address had too many.");

    private readonly Lock _lock = new();
    private long? _loggedAt;
    private long _notLogged;

    /// <summary>Tells of one.</summary>
    /// <param name="from">Where it came from.</param>
    /// <param name="limit">How many its address may have.</param>
    public void Add(IPAddress from, int? limit)
    {
        Refused.Add(1);
        long more;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_loggedAt is { } last && time.GetElapsedTime(last, now) < LogPeriod)
            {
                _notLogged++;
                return;
            }

            (_loggedAt, more, _notLogged) = (now, _notLogged, 0);
        }

        TooMany(from, limit, more);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Closed a connection from {Address}, which has as many as one address may have: {Limit} (JobGrid:Http:MaxConnectionsPerAddress). Since the last such line {More} others were closed.")]
    private partial void TooMany(IPAddress address, int? limit, long more);
}
