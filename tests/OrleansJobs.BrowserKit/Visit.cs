using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OrleansJobs.BrowserKit;

/// <summary>Somebody's visit: a browser of their own, signed in. Whatever goes wrong in it is gathered, and fails the test at its end.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly string Shots = Environment.GetEnvironmentVariable("ORLEANSJOBS_SCREENSHOTS") is { Length: > 0 } folder
        ? folder
        : Path.Combine(AppContext.BaseDirectory, "TestResults", "screenshots");

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = [];
    private readonly List<string> _expected = [];

    private Visit(IBrowserContext context, IPage page, string url) => (_context, Page, Url) = (context, page, url);

    public IPage Page { get; }

    /// <summary>Where the dashboard is.</summary>
    public string Url { get; }

    /// <summary>Begins a visit.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="url">Where the dashboard is.</param>
    /// <param name="options">How the browser is set up; it may remember a sign-in.</param>
    public static async Task<Visit> StartAsync(IBrowser browser, string url, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        var visit = new Visit(context, await context.NewPageAsync(), url);
        visit.Watch();
        return visit;
    }

    /// <summary>Signs in by the page.</summary>
    /// <returns>What the browser remembers of it, for other visits.</returns>
    public async Task<string> SignInAsync(string key)
    {
        await Page.GotoAsync(Url + "/");
        await Page.GetByLabel("Key").FillAsync(key);
        await Button("Sign in").ClickAsync();
        await Page.Locator("#main h1").First.WaitForAsync();
        return await _context.StorageStateAsync();
    }

    /// <summary>A fault that belongs to the test, by a part of its text.</summary>
    public void Expect(string part) => _expected.Add(part);

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(Url + path);
        await Page.Locator("#main h1").First.WaitForAsync();
        await Page.Locator(".loading").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    public ILocator Button(string name, bool exact = true) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    /// <summary>The dialog that is open.</summary>
    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator InDialog(string button) => Dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true });

    public Task SeeAsync(string text) => Assertions.Expect(Page.Locator("main").GetByText(text).Filter(new() { Visible = true }).First).ToBeVisibleAsync();

    /// <summary>That axe finds nothing on the page.</summary>
    public async Task CheckAccessibilityAsync(string what)
    {
        var found = (await Page.RunAxe()).Violations
            .SelectMany(violation => violation.Nodes.Select(node => $"{what}: {violation.Id}: {violation.Help}: {node.Html}"))
            .ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    public async Task ShootAsync(string name)
    {
        Directory.CreateDirectory(Shots);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        var faults = _faults.Where(fault => !_expected.Exists(part => fault.Contains(part, StringComparison.Ordinal))).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private void Watch()
    {
        // Before a sign-in, the session's 401 is how the page learns that it needs one; browsers tell it on the console.
        _expected.Add("401");
        Page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text} {message.Location}");
        Page.PageError += (_, error) => Note(true, $"page error: {error}");
        Page.RequestFailed += (_, request) => Note(!IsStream(request) && request.Failure != "net::ERR_ABORTED", $"request failed: {request.Url} {request.Failure}");
        Page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Request.Method} {response.Url}");
        Page.Request += (_, request) => Note(new Uri(request.Url).Authority != new Uri(Url).Authority, $"another origin: {request.Url}");
    }

    /// <summary>A stream ends when its page is left. So do calls whose answers nobody wants any more: those are aborted by the page.</summary>
    private static bool IsStream(IRequest request) => request.Url.Contains("/api/live", StringComparison.Ordinal);

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            _faults.Enqueue(text);
        }
    }
}
