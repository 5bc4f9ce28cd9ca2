using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Telemetry.Prometheus;

/// <summary>Answers a scrape.</summary>
internal static class MetricsEndpoint
{
    private const string OpenMetrics = "application/openmetrics-text";
    private const string Text = "text/plain";

    public static async Task RunAsync(HttpContext http)
    {
        var format = FormatOf(http.Request);
        var body = http.RequestServices.GetRequiredService<MetricsListener>().Collect(format);
        SecurityHeaders.Write(http.Response, SecurityHeaders.ApiPolicy);
        http.Response.ContentType = format == ExpositionFormat.OpenMetrics
            ? $"{OpenMetrics}; version=1.0.0; charset=utf-8"
            : $"{Text}; version=0.0.4; charset=utf-8";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>OpenMetrics where the caller names it and does not like text better; text for everybody else.</summary>
    private static ExpositionFormat FormatOf(HttpRequest request)
    {
        var accepted = request.Headers.Accept.SelectMany(one => MediaTypeHeaderValue.TryParseList([one!], out var list) ? list : []).ToArray();
        var open = Quality(accepted, OpenMetrics);
        return open > 0 && open >= Quality(accepted, Text) ? ExpositionFormat.OpenMetrics : ExpositionFormat.Text;
    }

    private static double Quality(IEnumerable<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
}
