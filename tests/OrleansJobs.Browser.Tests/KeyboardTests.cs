namespace OrleansJobs.Browser.Tests;

/// <summary>A whole errand without a pointer.</summary>
[Trait("Category", "Slow")]
public sealed class KeyboardTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [SkippableFact]
    public async Task Job_IsFoundAndCancelled_ByKeysAlone()
    {
        Chromium.Require();
        var id = (await fixture.Site.SubmitAsync(GridSite.Works, new Work(), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Operator);
        await visit.GoAsync("/");
        var keys = visit.Page.Keyboard;
        await keys.PressAsync("/");
        await Assertions.Expect(visit.Page.GetByLabel("Search for jobs")).ToBeFocusedAsync();
        await keys.TypeAsync(id.ToString());
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeFocusedAsync();
        await visit.Button("Cancel").WaitForAsync();
        await TabToAsync(visit, "Cancel");
        await keys.PressAsync("Enter");
        await Assertions.Expect(visit.Dialog).ToBeVisibleAsync();
        await TabToAsync(visit, "Cancel it");
        await keys.PressAsync("Enter");

        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Cancelled");
    }

    [SkippableTheory]
    [InlineData("j", "Jobs")]
    [InlineData("d", "Dead letters")]
    [InlineData("r", "Results")]
    [InlineData("s", "Silos")]
    [InlineData("n", "Grains")]
    [InlineData("a", "Audit")]
    public async Task LetterAfterG_GoesToAPage(string letter, string title)
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Operator);
        await visit.GoAsync("/");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync(letter);

        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync(title);
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page).ToHaveTitleAsync($"{title} · OrleansJobs");
    }

    [SkippableFact]
    public async Task SkipLink_AndHelp_AreReached()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        await visit.GoAsync("/");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#main")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(visit.Dialog).ToContainTextAsync("search for jobs");
        await visit.CheckAccessibilityAsync("help");
        await visit.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(visit.Dialog).ToHaveCountAsync(0);
    }

    private static async Task TabToAsync(Visit visit, string button)
    {
        const int MostTabs = 60;
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await visit.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == button)
            {
                return;
            }

            await visit.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"'{button}' is not reached by Tab.");
    }
}
