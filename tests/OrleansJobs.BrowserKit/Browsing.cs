using Microsoft.Playwright;

namespace OrleansJobs.BrowserKit;

/// <summary>This machine's Chromium, started.</summary>
internal sealed class Browsing : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Browsing(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public IBrowser Browser { get; }

    public static async Task<Browsing> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // As root, as in containers, its sandbox does not start; nothing but the site under test is shown in it.
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }
}
