namespace OrleansJobs.Browser.Tests;

/// <summary>Light or dark: as the system has it, until somebody chooses.</summary>
[Trait("Category", "Slow")]
public sealed class ThemeTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Light = "rgb(245, 246, 248)";
    private const string Dark = "rgb(14, 17, 22)";

    [SkippableFact]
    public async Task Theme_FollowsTheSystem_UntilItIsChosen_AndThenStays()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer, options: new() { ColorScheme = ColorScheme.Light });
        await visit.GoAsync("/");
        await SeeGroundAsync(visit, Light);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await SeeGroundAsync(visit, Dark);

        await visit.Button("Light").ClickAsync();
        await SeeGroundAsync(visit, Light);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await visit.GoAsync("/jobs");

        await SeeGroundAsync(visit, Light);
    }

    private static Task SeeGroundAsync(Visit visit, string colour) =>
        Assertions.Expect(visit.Page.Locator("html")).ToHaveCSSAsync("background-color", colour);
}
