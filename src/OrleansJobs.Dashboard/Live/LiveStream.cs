using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace OrleansJobs.Dashboard.Live;

/// <summary>
/// Writes events to a page until it leaves, its sign-in ends or the host stops. Each write waits until the page has taken it, so that a slow
/// one holds up nobody and gets the newest next.
/// </summary>
internal sealed class LiveStream(LiveListener listener, DateTimeOffset? endsAt, TimeProvider time) : IResult
{
    private static readonly byte[] Ping = ": ping\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var leaves = listener;
        var response = httpContext.Response;
        response.ContentType = "text/event-stream";
        // Proxies that gather answers until they are whole would show nothing.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await WriteAsync(response.Body, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The page has left, or the host stops.
        }
    }

    private async Task WriteAsync(Stream body, CancellationToken stop)
    {
        await body.WriteAsync(Ping, stop);
        while (Left() is var left && left > TimeSpan.Zero)
        {
            await body.FlushAsync(stop);
            await listener.WaitAsync(left < LiveLimits.PingPeriod ? left : LiveLimits.PingPeriod, time, stop);
            var isQuiet = true;
            foreach (var frame in listener.Take())
            {
                isQuiet = false;
                await body.WriteAsync(frame.Bytes, stop);
            }

            if (isQuiet)
            {
                await body.WriteAsync(Ping, stop);
            }
        }
    }

    private TimeSpan Left() => endsAt is { } end ? end - time.GetUtcNow() : TimeSpan.MaxValue;
}
