using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Tests.Support;
using OrleansJobs.Http;
using OrleansJobs.Testing;

namespace OrleansJobs.Dashboard.Tests.Access;

/// <summary>A test with an API that asks for keys, one for each role, and a clock that stands still.</summary>
public abstract class AccessTest : ApiTest
{
    /// <summary>Headers by which a test says what a connection is.</summary>
    protected const string LocalAddress = "X-Test-Local", RemoteAddress = "X-Test-Remote", Scheme = "X-Test-Scheme";

    protected static readonly string ViewerKey = ApiKey.New("val"), OperatorKey = ApiKey.New("olga"), AdminKey = ApiKey.New("ada");

    internal WatchedTimeProvider Time { get; } = new();

    internal override Task<ApiHost> StartHostAsync() => StartAsync(KeySettings);

    protected static Dictionary<string, string?> KeySettings => new()
    {
        ["JobGrid:Access:Keys:val:Hash"] = ApiKey.Hash(ViewerKey),
        ["JobGrid:Access:Keys:val:Role"] = "viewer",
        ["JobGrid:Access:Keys:olga:Hash"] = ApiKey.Hash(OperatorKey),
        ["JobGrid:Access:Keys:olga:Role"] = "operator",
        ["JobGrid:Access:Keys:ada:Hash"] = ApiKey.Hash(AdminKey),
        ["JobGrid:Access:Keys:ada:Role"] = "admin",
    };

    internal Task<ApiHost> StartAsync(Dictionary<string, string?> settings, Action<IServiceCollection>? configure = null, params string[] classes) =>
        ApiHost.StartAsync(settings: settings, classes: classes, configure: services =>
        {
            services.AddSingleton<TimeProvider>(Time);
            services.AddSingleton<IStartupFilter, Connections>();
            configure?.Invoke(services);
        });

    /// <summary>Sends a call.</summary>
    /// <param name="call">Method and path, such as <c>GET /api/jobs</c>.</param>
    /// <param name="key">The key to show, if any.</param>
    /// <param name="body">The JSON to send, if any.</param>
    /// <param name="headers">Others to send, as <c>Name: value</c>.</param>
    protected Task<HttpResponseMessage> SendAsync(string call, string? key = null, string? body = null, params string[] headers)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : Json(body) };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        }

        return Http.SendAsync(request);
    }

    /// <summary>Sends bytes as they are, and gives the answer up to the end of its headers, or what comes before the server hangs up.</summary>
    protected async Task<string> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Host.Url.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        var answer = new StringBuilder();
        var buffer = new byte[8 * 1024];
        while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await client.GetStream().ReadAsync(buffer) is > 0 and var read)
        {
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private sealed class Connections : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, rest) =>
            {
                http.Connection.LocalIpAddress = IPAddress.TryParse(http.Request.Headers[LocalAddress], out var local) ? local : http.Connection.LocalIpAddress;
                http.Connection.RemoteIpAddress = IPAddress.TryParse(http.Request.Headers[RemoteAddress], out var remote) ? remote : http.Connection.RemoteIpAddress;
                http.Request.Scheme = http.Request.Headers[Scheme] is [{ } scheme] ? scheme : http.Request.Scheme;
                await rest(http);
            });
            next(app);
        };
    }
}
