namespace OrleansJobs.Browser.Tests;

/// <summary>Whatever callers put into payloads, tags, tenants, keys and errors is text.</summary>
[Trait("Category", "Slow")]
public sealed class HostileTextTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Script = "<script>document.title='owned'</script>";
    private const string Image = "<img src=x onerror=\"document.title='owned'\">";

    [SkippableFact]
    public async Task Texts_OfOthers_AreShownAndNotRun()
    {
        Chromium.Require();
        var id = await fixture.Site.SubmitAsync(
            GridSite.Fragile, new Work(Deed.Fail, Script + Image), JobState.DeadLettered, new() { Tenant = Image, Tags = [Script], UniqueKey = Image });
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Admin);
        foreach (var path in new[] { $"/jobs/{id}", "/jobs", "/dead-letters", $"/classes/{GridSite.Fragile}", $"/results?class={GridSite.Fragile}", $"/jobs?tag={Uri.EscapeDataString(Script)}" })
        {
            await visit.GoAsync(path);
            await visit.SeeAsync(path.StartsWith("/classes", StringComparison.Ordinal) || path.StartsWith("/jobs/", StringComparison.Ordinal) ? Image : Script);

            Assert.DoesNotContain("owned", await visit.Page.TitleAsync(), StringComparison.Ordinal);
            Assert.Equal(0, await visit.Page.Locator("#app script, #app img[src=x]").CountAsync());
        }
    }

    [SkippableFact]
    public async Task Address_WithMarkup_IsShownAsText()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        visit.Expect("404");
        await visit.GoAsync("/classes/" + Uri.EscapeDataString("<img src=x onerror=alert(1)>"));

        await Assertions.Expect(visit.Page.Locator("h1")).ToHaveTextAsync("<img src=x onerror=alert(1)>");
    }

    /// <summary>The policy holds by itself, should a page ever put markup in.</summary>
    [SkippableFact]
    public async Task InlineScript_IsRefusedByThePolicy()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        visit.Expect("Content Security Policy");
        visit.Expect("404");
        visit.Expect("request failed");
        await visit.GoAsync("/");
        await visit.Page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', `<img src=x onerror=\"document.title='owned'\">`)");
        await visit.Page.EvaluateAsync("new Promise(done => { const s = document.createElement('script'); s.textContent = `document.title='owned'`; document.body.append(s); setTimeout(done, 300) })");

        Assert.DoesNotContain("owned", await visit.Page.TitleAsync(), StringComparison.Ordinal);
    }
}
