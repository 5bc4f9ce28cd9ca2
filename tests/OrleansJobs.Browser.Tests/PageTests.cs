namespace OrleansJobs.Browser.Tests;

/// <summary>Every page: no fault of any kind, readable by machines and on a phone, in both themes.</summary>
[Trait("Category", "Slow")]
public sealed class PageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const int PhoneWidth = 360;

    [SkippableTheory]
    [InlineData("overview", "/", "Overview")]
    [InlineData("class", "/classes/works?steer", "works")]
    [InlineData("jobs", "/jobs?class=works", "Jobs")]
    [InlineData("job-running", "/jobs/running", "Running")]
    [InlineData("job-waiting", "/jobs/waiting", "Why it waits")]
    [InlineData("job-dead", "/jobs/dead", "Dead-lettered")]
    [InlineData("silos", "/silos", "Silos")]
    [InlineData("grains", "/grains", "This engine has no grains")]
    [InlineData("dead-letters", "/dead-letters", "The shelf does not hold")]
    [InlineData("results", "/results?class=works", "Results")]
    [InlineData("audit", "/audit", "sign-in")]
    [InlineData("nowhere", "/classes/%3Cimg%20src%3Dx%3E", "Unknown job class")]
    public async Task Page_IsWhole_InBothThemes_AndOnAPhone(string name, string path, string holds)
    {
        Chromium.Require();
        path = await FillAsync(path);
        foreach (var theme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var visit = await Visits.StartAsync(fixture, AccessRole.Admin, options: new() { ColorScheme = theme, ViewportSize = new() { Width = 1400, Height = 900 } });
            await OpenAsync(visit, path, holds);
            await visit.ShootAsync($"{name}-{theme.ToString().ToLowerInvariant()}");
            await visit.CheckAccessibilityAsync($"{name} {theme}");
        }

        await using var phone = await Visits.StartAsync(fixture, AccessRole.Admin, options: new() { ViewportSize = new() { Width = PhoneWidth, Height = 780 } });
        await OpenAsync(phone, path, holds);
        await phone.ShootAsync($"{name}-phone");
        await phone.CheckAccessibilityAsync($"{name} phone");
        Assert.Equal(PhoneWidth, await phone.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [SkippableFact]
    public async Task SignIn_IsWhole_AndTellsAWrongKey()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, null);
        await visit.Page.GotoAsync(visit.Url + "/jobs");
        await visit.Page.GetByLabel("Key").FillAsync("ojk_ada_wrong");
        await visit.Button("Sign in").ClickAsync();
        await visit.SeeAsync("The key is not one that is let in.");
        await visit.CheckAccessibilityAsync("sign-in");
        await visit.ShootAsync("signin-light");

        await visit.Page.GetByLabel("Key").FillAsync(GridSite.Keys[AccessRole.Viewer]);
        await visit.Button("Sign in").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("#main h1")).ToHaveTextAsync("Jobs");
        await visit.Button("Sign out").ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Key")).ToBeFocusedAsync();
    }

    [SkippableFact]
    public async Task Audit_OfAKind_IsShownAlone_AndHasAnAddress()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Operator);
        await visit.GoAsync("/audit");
        await visit.SeeAsync("sign-in");
        await visit.Page.GetByLabel("Kind").SelectOptionAsync("submits");
        await visit.SeeAsync("There are no submits in the trail.");
        Assert.EndsWith("/audit?kind=Submit", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "All kinds" }).ClickAsync();
        await visit.SeeAsync("sign-in");

        await visit.GoAsync("/audit?kind=SignIn");

        await visit.SeeAsync("sign-in");
        await Assertions.Expect(visit.Page.GetByLabel("Kind")).ToHaveValueAsync("SignIn");
    }

    /// <summary>Below a prefix everything is found, wherever it is entered.</summary>
    [SkippableFact]
    public async Task Prefix_IsKept_OnEveryWay()
    {
        Chromium.Require();
        await using var site = await GridSite.StartAsync("/tools/grid");
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer, site.Url + "/tools/grid");
        await visit.GoAsync("/classes/works");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Silos" }).ClickAsync();

        await visit.SeeAsync("Takes jobs");
        Assert.EndsWith("/tools/grid/silos", visit.Page.Url, StringComparison.Ordinal);
    }

    private static async Task OpenAsync(Visit visit, string path, string holds)
    {
        if (holds == "Unknown job class")
        {
            visit.Expect("404");
        }

        await visit.GoAsync(path);
        await visit.SeeAsync(holds);
    }

    /// <summary>Puts jobs of every kind there, once, and their ids into the path.</summary>
    private async Task<string> FillAsync(string path)
    {
        var site = fixture.Site;
        async Task<JobId> Once(string key, string jobClass, Deed deed, JobState state) =>
            await site.SubmitAsync(jobClass, new Work(deed, key), state, new() { UniqueKey = key, Tenant = "acme", Tags = ["nightly"] });

        await Once("done", GridSite.Works, Deed.Succeed, JobState.Succeeded);
        var dead = await Once("dead", GridSite.Fragile, Deed.Fail, JobState.DeadLettered);
        var running = await Once("running", GridSite.Narrow, Deed.Hold, JobState.Running);
        var waiting = (await site.SubmitAsync(GridSite.Narrow, new Work(Deed.Succeed, "waiting"), new() { UniqueKey = "waiting" })).Id;
        return path
            .Replace("/jobs/running", $"/jobs/{running}", StringComparison.Ordinal)
            .Replace("/jobs/waiting", $"/jobs/{waiting}", StringComparison.Ordinal)
            .Replace("/jobs/dead", $"/jobs/{dead}", StringComparison.Ordinal);
    }
}
