namespace OrleansJobs.Browser.Tests;

/// <summary>A viewer is offered nothing that a viewer may not do, and is refused when they do it all the same.</summary>
[Trait("Category", "Slow")]
public sealed class RoleTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly string[] OperatorsOnly =
        ["Cancel", "Retry", "Run now", "Dead-letter", "Edit and resubmit", "Pause", "Change…", "Drain…", "Cancel all that match…", "Retry all that match…", "Retry all…", "Retry all with this error…"];

    [SkippableTheory]
    [InlineData("/jobs/id")]
    [InlineData("/jobs?class=works")]
    [InlineData("/classes/works?steer")]
    [InlineData("/silos")]
    [InlineData("/dead-letters")]
    [InlineData("/audit")]
    public async Task Viewer_IsOfferedNoActs(string path)
    {
        Chromium.Require();
        var id = (await fixture.Site.SubmitAsync(GridSite.Works, new Work(), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await fixture.Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail), JobState.DeadLettered, new() { UniqueKey = "dead" });
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        await visit.GoAsync(path.Replace("id", id.ToString(), StringComparison.Ordinal));

        foreach (var name in OperatorsOnly)
        {
            Assert.Equal(0, await visit.Button(name).CountAsync());
        }
    }

    [SkippableTheory]
    [InlineData("POST", "/api/jobs/id/cancel", "{}")]
    [InlineData("POST", "/api/silos/x/drain", "")]
    [InlineData("PATCH", "/api/classes/works", "{\"paused\":true}")]
    [InlineData("POST", "/api/bulk", "{\"action\":\"cancel\",\"filter\":{\"tenant\":\"acme\"}}")]
    public async Task Viewer_WhoForcesAnAct_IsRefused(string method, string path, string body)
    {
        Chromium.Require();
        var id = (await fixture.Site.SubmitAsync(GridSite.Works, new Work(), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Viewer);
        visit.Expect("403");
        await visit.GoAsync("/grains");

        var status = await visit.Page.EvaluateAsync<int>(
            """
            async ([method, url, body]) => {
              const session = await (await fetch('/api/session')).json()
              const headers = { 'Content-Type': 'application/json', [session.csrf.header]: session.csrf.token }
              return (await fetch(url, { method, headers, body: body || undefined })).status
            }
            """,
            new[] { method, path.Replace("id", id.ToString(), StringComparison.Ordinal), body });

        Assert.Equal(403, status);
        Assert.Equal(JobState.Scheduled, (await fixture.Site.Jobs.GetAsync(id)).State);
    }

    [SkippableFact]
    public async Task Operator_PausesButDoesNotChangeLimits()
    {
        Chromium.Require();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Operator);
        await visit.GoAsync("/classes/works");

        await Assertions.Expect(visit.Button("Pause")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Button("Change…")).ToHaveCountAsync(0);
        await visit.SeeAsync("Changing them needs the role admin; you are operator.");
    }
}
