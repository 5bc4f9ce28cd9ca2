namespace OrleansJobs.Browser.Tests.Support;

/// <summary>A browser and a site for all tests of a class. Without a browser it is empty, and the tests are skipped.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private Browsing? _browsing;
    private GridSite? _site;

    internal IBrowser Browser => _browsing!.Browser;

    /// <summary>What browsers remember of a sign-in, by role and site: signing in is one test's business, not that of all.</summary>
    internal Dictionary<(AccessRole Role, string? Url), string> SignIns { get; } = [];

    internal GridSite Site => _site!;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        _browsing = await Browsing.StartAsync();
        _site = await GridSite.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browsing is not null)
        {
            await _browsing.DisposeAsync();
            await Site.DisposeAsync();
        }
    }
}
