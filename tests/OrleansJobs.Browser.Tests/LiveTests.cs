namespace OrleansJobs.Browser.Tests;

/// <summary>Pages follow the grid by themselves, and only while they are seen.</summary>
[Trait("Category", "Slow")]
public sealed class LiveTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [SkippableFact]
    public async Task Job_IsFollowed_WithItsLog()
    {
        Chromium.Require();
        var id = (await fixture.Site.SubmitAsync(GridSite.Works, new Work(Deed.Succeed, "follow me"), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        await visit.GoAsync($"/jobs/{id}");
        await visit.SeeAsync("Its time has not come");
        await fixture.Site.Jobs.RetryAsync(id);

        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Succeeded");
        await visit.SeeAsync("Looking at follow me");
        await visit.SeeAsync("\"echo\"");
    }

    [SkippableFact]
    public async Task Timeline_TellsWhatHeldAnAttemptBack()
    {
        Chromium.Require();
        await using var site = await GridSite.StartAsync();
        await site.Jobs.PauseAsync(GridSite.Works);
        var id = (await site.SubmitAsync(GridSite.Works, new Work())).Id;
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer, site.Url);
        await visit.GoAsync($"/jobs/{id}");
        await visit.SeeAsync("Its class is paused");
        await site.Jobs.ResumeAsync(GridSite.Works);

        await visit.SeeAsync("waited: its class was paused");
        await visit.ShootAsync("job-waited-light");
    }

    [SkippableFact]
    public async Task Overview_IsFollowed()
    {
        Chromium.Require();
        await using var site = await GridSite.StartAsync();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer, site.Url);
        await visit.GoAsync("/");
        await visit.SeeAsync("0 running");
        await site.SubmitAsync(GridSite.Narrow, new Work(Deed.Hold), JobState.Running);

        await visit.SeeAsync("1 running");
    }

    [SkippableFact]
    public async Task Limits_ThatAreBeingTyped_StayWhileThePageIsUpdated()
    {
        Chromium.Require();
        await using var site = await GridSite.StartAsync();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Admin, site.Url);
        await visit.GoAsync($"/classes/{GridSite.Narrow}");
        await visit.Button("Change…").ClickAsync();
        var typed = visit.Page.Locator("input[name=permits]");
        await typed.FillAsync("77");
        await site.SubmitAsync(GridSite.Narrow, new Work(Deed.Hold), JobState.Running);
        await Assertions.Expect(visit.Page.Locator("a[href*='Running']").First).ToHaveTextAsync("1");

        await Assertions.Expect(typed).ToHaveValueAsync("77");
    }

    /// <summary>Tabs that nobody looks at cost the grid nothing; chromium's own hiding is out of a test's reach, so the page is told of it.</summary>
    [SkippableFact]
    public async Task HiddenPage_ClosesItsStream_AndOpensItAgain()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        await visit.GoAsync("/");
        var pulse = visit.Page.Locator(".side-foot .pulse");
        await Assertions.Expect(pulse).ToHaveTextAsync("Live");
        await HideAsync(visit, true);
        await Assertions.Expect(pulse).ToHaveTextAsync("Not live here");
        var stream = visit.Page.WaitForRequestAsync("**/api/live?overview");
        await HideAsync(visit, false);
        await stream;

        await Assertions.Expect(pulse).ToHaveTextAsync("Live");
    }

    [SkippableFact]
    public async Task LostHost_IsTold_AndThePageStays()
    {
        Chromium.Require();
        var site = await GridSite.StartAsync();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer, site.Url);
        visit.Expect("ERR_");
        visit.Expect("503");
        visit.Expect("request failed");
        await visit.GoAsync("/");
        await Assertions.Expect(visit.Page.Locator(".side-foot .pulse")).ToHaveTextAsync("Live");
        await site.DisposeAsync();

        await visit.SeeAsync("The host does not answer.");
        await visit.SeeAsync("Jobs start as they come.");
        await visit.ShootAsync("lost-light");
    }

    private static async Task HideAsync(Visit visit, bool isHidden) => await visit.Page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')) }", isHidden);
}
