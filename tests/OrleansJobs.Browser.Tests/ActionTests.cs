using System.Text.Json.Nodes;

namespace OrleansJobs.Browser.Tests;

/// <summary>Every act of the pages, and that the grid has really done it.</summary>
[Trait("Category", "Slow")]
public sealed class ActionTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private GridSite Site => fixture.Site;

    [SkippableFact]
    public async Task RunningJob_IsCancelled_AndThePageFollows()
    {
        Chromium.Require();
        var id = await Site.SubmitAsync(GridSite.Works, new Work(Deed.Hold), JobState.Running);
        await using var visit = await OpenAsync($"/jobs/{id}", "Running");
        await visit.CancelAsync(id.ToString(), "no longer wanted");

        Assert.Equal(JobState.Cancelled, (await Site.Jobs.GetAsync(id)).State);
    }

    [SkippableFact]
    public async Task DeadJob_IsRetried()
    {
        Chromium.Require();
        var id = await Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail), JobState.DeadLettered);
        var before = (await Site.Jobs.GetAsync(id)).Version;
        await using var visit = await OpenAsync($"/jobs/{id}", "Dead-lettered");
        await visit.RetryAsync(id.ToString());

        Assert.True((await Site.Jobs.GetAsync(id)).Version > before);
    }

    [SkippableFact]
    public async Task WaitingJob_GoesToTheDeadLetters_WithAReason()
    {
        Chromium.Require();
        var id = (await Site.SubmitAsync(GridSite.Works, new Work(), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await using var visit = await OpenAsync($"/jobs/{id}", "Its time has not come");
        await visit.DeadLetterAsync(id.ToString(), "wrong order");

        Assert.Equal("wrong order", (await Site.Jobs.GetAsync(id)).LastError?.Message);
    }

    [SkippableFact]
    public async Task DeadJob_IsDeleted()
    {
        Chromium.Require();
        var id = await Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail), JobState.DeadLettered);
        await using var visit = await OpenAsync($"/jobs/{id}", "Dead-lettered");
        await visit.DeleteAsync(id.ToString());

        Assert.Null(await Site.Jobs.FindAsync(id));
    }

    [SkippableFact]
    public async Task OpenJob_IsNotOfferedToBeDeleted_AloneOrInBulk()
    {
        Chromium.Require();
        var id = (await Site.SubmitAsync(GridSite.Works, new Work(), new() { Delay = TimeSpan.FromHours(1) })).Id;
        await using var visit = await OpenAsync($"/jobs/{id}", "Its time has not come");
        await Assertions.Expect(visit.Button("Delete")).ToHaveCountAsync(0);

        await visit.GoAsync("/jobs?state=Scheduled");
        await visit.Button("Cancel all that match…").WaitForAsync();
        await Assertions.Expect(visit.Button("Delete all that match…")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task BulkDelete_OfDeadLetters_SaysWhatIsLost()
    {
        Chromium.Require();
        for (var number = 0; number < 2; number++)
        {
            await Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail, $"gone-{number}"), JobState.DeadLettered, new() { Tenant = "leaving" });
        }

        await using var visit = await OpenAsync("/jobs?tenant=leaving&state=DeadLettered", "2 jobs");
        await visit.Button("Delete all that match…").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToContainTextAsync("There is no way back.");
        await visit.InDialog("Delete them").ClickAsync();
        await visit.SeeAsync("2 changed");

        Assert.Empty((await Site.Jobs.ListAsync(new() { Tenant = "leaving" })).Jobs);
    }

    [SkippableFact]
    public async Task LargeNumber_IsResubmitted_ToTheLastDigit()
    {
        Chromium.Require();
        const long Number = 9_007_199_254_740_993;
        var id = await Site.SubmitAsync(GridSite.Works, new Work(Deed.Succeed, "first", Number), JobState.Succeeded);
        await using var visit = await OpenAsync($"/jobs/{id}", "Succeeded");
        await visit.SeeAsync("9007199254740993");

        var copy = await Site.Jobs.GetAsync(JobId.Parse(await visit.ResubmitAsync(id.ToString(), "first", "second")));

        var payload = JsonNode.Parse(copy.Payload.Span)!;
        Assert.Equal(("second", Number), ((string)payload["text"]!, (long)payload["number"]!));
    }

    [SkippableFact]
    public async Task HiddenValue_IsNeverSubmitted()
    {
        Chromium.Require();
        var id = (await Site.Jobs.SubmitAsync(GridSite.Charges, new Charge("order-1", "4111-1111"))).Id;
        await using var visit = await OpenAsync($"/jobs/{id}", "[redacted]");
        await visit.Button("Edit and resubmit").ClickAsync();
        await visit.InDialog("Submit a new job").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToContainTextAsync("$.cardNumber");
        var text = await visit.Dialog.GetByLabel("Payload").InputValueAsync();
        await visit.Dialog.GetByLabel("Payload").FillAsync(text.Replace("[redacted]", "4222-2222", StringComparison.Ordinal));
        await visit.InDialog("Submit a new job").ClickAsync();
        await visit.SeeOtherJobAsync(id.ToString());
        await Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync("Succeeded");

        Assert.Contains(Site.Charged.All, charge => charge.CardNumber == "4222-2222");
        Assert.DoesNotContain(Site.Charged.All, charge => charge.CardNumber == Redacted.Text);
    }

    [SkippableFact]
    public async Task Limits_AreChanged_PausedAndResumed()
    {
        Chromium.Require();
        await using var visit = await OpenAsync($"/classes/{GridSite.Charges}", "Permits on each silo");
        await visit.ChangeLimitsAsync(GridSite.Charges, 3, "acme 5");
        await visit.PauseAsync(GridSite.Charges);
        var paused = (await Site.Jobs.GetClassAsync(GridSite.Charges)).Settings;
        await visit.ResumeAsync(GridSite.Charges);
        var after = (await Site.Jobs.GetClassAsync(GridSite.Charges)).Settings;

        Assert.Equal((3, true, 5), (paused.MaxLocalWorkers, paused.Paused, paused.WeightOf("acme")));
        Assert.False(after.Paused);
    }

    [SkippableFact]
    public async Task Search_FindsByWords_AndByFields()
    {
        Chromium.Require();
        var id = await Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail, "a-very-special-shelf"), JobState.DeadLettered, new() { Tenant = "tenant two" });
        await using var visit = await OpenAsync("/jobs", "Newest first");
        await visit.Page.GetByLabel("Search for jobs").FillAsync("state:dead-lettered tenant:\"tenant two\" special-shelf");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeeAsync("1 job");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = id.ToString()[..8] }).ClickAsync();
        await visit.SeeAsync("The shelf does not hold a-very-special-shelf.");

        await visit.GoAsync("/jobs");
        await visit.Page.GetByLabel("Search for jobs").FillAsync(id.ToString());
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page).ToHaveURLAsync($"{visit.Url}/jobs/{id}");
    }

    [SkippableFact]
    public async Task BulkRetry_NamesItsFilter_AndShowsHowFarItIs()
    {
        Chromium.Require();
        for (var number = 0; number < 3; number++)
        {
            await Site.SubmitAsync(GridSite.Fragile, new Work(Deed.Fail, $"bulk-{number}"), JobState.DeadLettered, new() { Tenant = "bulky" });
        }

        await using var visit = await Visits.StartAsync(fixture, AccessRole.Admin);
        await visit.RetryAllAsync("/jobs?tenant=bulky&state=DeadLettered", "Retry jobs in the state DeadLettered, of the tenant “bulky”?", 3);
    }

    [SkippableFact]
    public async Task BulkAct_OnEverything_IsNotOffered()
    {
        Chromium.Require();
        await using var visit = await OpenAsync("/jobs", "Search for something to act on all jobs that match.");

        await Assertions.Expect(visit.Button("Cancel all that match…")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task Silo_IsDrained()
    {
        Chromium.Require();
        await using var site = await GridSite.StartAsync();
        await using var visit = await Visits.StartAsync(fixture, AccessRole.Operator, site.Url);
        await visit.DrainAsync();
    }

    private async Task<Visit> OpenAsync(string path, string holds)
    {
        var visit = await Visits.StartAsync(fixture, AccessRole.Admin);
        await visit.GoAsync(path);
        await visit.SeeAsync(holds);
        return visit;
    }
}
