namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>A running web application of the pages.</summary>
internal sealed class WebApp : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly OutsideProcess _process;
    private readonly HttpClient _http;

    private WebApp(OutsideProcess process, string url)
    {
        _process = process;
        Url = url;
        _http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
    }

    public string Url { get; }

    public static WebApp Start(OutsideApp app, params IEnumerable<(string Key, string Value)> environment)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        return new WebApp(app.Start([("ASPNETCORE_URLS", url), .. environment]), url);
    }

    /// <summary>Starts an application that is a silo, too: on ports that no other silo of this machine has.</summary>
    public static WebApp StartSilo(OutsideApp app, params IEnumerable<(string Key, string Value)> environment) => Start(
        app, [("Orleans__Endpoints__SiloPort", $"{FreePort.Next()}"), ("Orleans__Endpoints__GatewayPort", $"{FreePort.Next()}"), .. environment]);

    /// <summary>Waits until the application answers, whatever it says.</summary>
    public Task AnswersAsync() => AskAsync(HttpMethod.Get, "/", _ => true);

    /// <summary>Posts until the application answers with success.</summary>
    /// <returns>The answer's text.</returns>
    public Task<string> PostAsync(string path) => AskAsync(HttpMethod.Post, path, answer => answer.IsSuccessStatusCode);

    /// <summary>Ends it as a service manager does.</summary>
    public async Task StopAsync()
    {
        _process.Terminate();
        await _process.WaitForExitAsync(StopTimeout);
    }

    public void Dispose()
    {
        _process.Dispose();
        _http.Dispose();
    }

    private Task<string> AskAsync(HttpMethod method, string path, Func<HttpResponseMessage, bool> isGood) => _process.UntilAsync(StartTimeout, async () =>
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _http.SendAsync(request);
            return isGood(answer) ? await answer.Content.ReadAsStringAsync() : null;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    });
}
