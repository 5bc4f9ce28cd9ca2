using Microsoft.Playwright;
using OrleansJobs.Http;

namespace OrleansJobs.Browser.Tests.Support;

/// <summary>A browser and a site for all tests of a class. Without a browser it is empty, and the tests are skipped.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private GridSite? _site;

    internal IBrowser Browser { get; private set; } = null!;

    /// <summary>What browsers remember of a sign-in, by role and site: signing in is one test's business, not that of all.</summary>
    internal Dictionary<(AccessRole Role, string? Url), string> SignIns { get; } = [];

    internal GridSite Site => _site!;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        // As root, as in containers, its sandbox does not start; nothing but this site is shown in it.
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
        _site = await GridSite.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_playwright is null)
        {
            return;
        }

        await Browser.CloseAsync();
        _playwright.Dispose();
        await Site.DisposeAsync();
    }
}
