using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.TestKit.Otlp;

/// <summary>Stands in for a collector: takes OTLP over HTTP, and keeps what comes.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly WebApplication _app;
    private readonly List<Span> _spans = [];
    private readonly List<(string Scope, string Metric)> _metrics = [];
    private readonly List<string?> _keys = [];

    private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Collector(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public IReadOnlyList<Span> Spans
    {
        get
        {
            lock (_gate)
            {
                return [.. _spans];
            }
        }
    }

    /// <summary>The metrics that came, each with the meter that it is of.</summary>
    public IReadOnlySet<(string Scope, string Metric)> Metrics
    {
        get
        {
            lock (_gate)
            {
                return _metrics.ToHashSet();
            }
        }
    }

    /// <summary>What each export showed in the header <c>x-key</c>.</summary>
    public IReadOnlyList<string?> Keys
    {
        get
        {
            lock (_gate)
            {
                return [.. _keys];
            }
        }
    }

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new Collector(app);
        app.MapPost("/v1/traces", http => collector.TakeAsync(http, request => collector._spans.AddRange(Span.Of(request))));
        app.MapPost("/v1/metrics", http => collector.TakeAsync(http, request => collector._metrics.AddRange(
            from resource in request.Messages(1)
            from scope in resource.Messages(2)
            from metric in scope.Messages(2)
            select (scope.Message(1)!.Text(1), metric.Text(1)))));
        await app.StartAsync();
        return collector;
    }

    /// <summary>Waits until a metric has come.</summary>
    public async Task WhenAsync(string metric)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_metrics.Any(one => one.Metric == metric))
                {
                    return;
                }

                next = _came.Task;
            }

            await next;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http, Action<Wire> take)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.ContentType != "application/x-protobuf")
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        lock (_gate)
        {
            take(new Wire(body.ToArray()));
            _keys.Add(http.Request.Headers["x-key"]);
            _came.SetResult();
            _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        http.Response.ContentType = "application/x-protobuf";
    }
}
