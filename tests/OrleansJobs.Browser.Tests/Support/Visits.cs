namespace OrleansJobs.Browser.Tests.Support;

/// <summary>Visits to the fixture's site.</summary>
internal static class Visits
{
    /// <param name="fixture">The browser and the site.</param>
    /// <param name="role">Who visits; null for somebody who has not signed in.</param>
    /// <param name="url">Another place than the fixture's site.</param>
    /// <param name="options">How the browser is set up.</param>
    public static async Task<Visit> StartAsync(BrowserFixture fixture, AccessRole? role, string? url = null, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.StorageState = role is { } signedIn ? fixture.SignIns.GetValueOrDefault((signedIn, url)) : null;
        var visit = await Visit.StartAsync(fixture.Browser, url ?? fixture.Site.Url, options);
        if (role is { } known && options.StorageState is null)
        {
            fixture.SignIns[(known, url)] = await visit.SignInAsync(GridSite.Keys[known]);
        }

        return visit;
    }
}
