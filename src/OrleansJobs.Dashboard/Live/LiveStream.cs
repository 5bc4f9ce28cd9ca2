using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansJobs.Dashboard.Live;

/// <summary>
/// Writes events to a page until it leaves, its sign-in ends or the host stops. Each write waits until the page has taken it, so that a slow
/// one holds up nobody and gets the newest next.
/// </summary>
internal sealed class LiveStream(LiveListener listener, DateTimeOffset? endsAt, Func<Task<bool>> isLetIn, TimeProvider time) : IResult
{
    /// <summary>A sign of life.</summary>
    public const string Ping = "ping";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var leaves = listener;
        // Proxies that gather answers until they are whole would show nothing.
        httpContext.Response.Headers["X-Accel-Buffering"] = "no";
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await TypedResults.ServerSentEvents(EventsAsync(either.Token)).ExecuteAsync(httpContext);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The page has left, or the host stops.
        }
    }

    private async IAsyncEnumerable<SseItem<byte[]>> EventsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        var isQuiet = true;
        while (Left() is var left && left > TimeSpan.Zero && await isLetIn())
        {
            if (isQuiet)
            {
                yield return new SseItem<byte[]>([], Ping);
            }

            await listener.WaitAsync(left < LiveLimits.PingPeriod ? left : LiveLimits.PingPeriod, time, stop);
            isQuiet = true;
            foreach (var frame in listener.Take())
            {
                isQuiet = false;
                yield return frame.Event;
            }
        }
    }

    private TimeSpan Left() => endsAt is { } end ? end - time.GetUtcNow() : TimeSpan.MaxValue;
}
