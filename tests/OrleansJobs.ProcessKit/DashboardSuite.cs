using Microsoft.Playwright;
using OrleansJobs.BrowserKit;
using OrleansJobs.Http;
using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>The dashboard of a host in a browser: every page shows what the host runs, and what operators do there happens.</summary>
public abstract class DashboardSuite(HostProgram program, SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(program, postgres, output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the page of grains has to show.</summary>
    protected abstract string OnGrainsPage { get; }

    [SkippableFact]
    public Task Pages_ShowWhatTheHostRuns_AndStopIt()
    {
        Chromium.Require();
        return OnGridAsync(StoreKind.Sqlite, async grid =>
        {
            var host = await grid.StartAsync();
            await host.Http.ChangeAsync(new JobClassChange { MaxLocalWorkers = 1 });
            var hanging = Probes.Job(0, "Hang", tenant: "acme");
            await host.Http.SubmitAsync([hanging]);
            await Clock.UntilAsync("the job running", Patience, async () => (await host.Http.ClassAsync()).Counts.Running == 1);
            var waiting = Probes.Job(0, tenant: "acme");
            await host.Http.SubmitAsync([waiting]);

            await using var browsing = await Browsing.StartAsync();
            await using var visit = await Visit.StartAsync(browsing.Browser, $"http://127.0.0.1:{host.Settings.HttpPort}");
            await SeeAsync(visit, "/", "All 1 slots are taken");
            await SeeAsync(visit, "/classes/probe", "acme");
            await SeeAsync(visit, "/jobs?class=probe&state=Running", "acme");
            await SeeAsync(visit, $"/jobs/{waiting.Id}", "All 1 permits of 1 silos are taken");
            await SeeAsync(visit, "/silos", hanging.Id!.Value.ToString()[^6..]);
            await SeeAsync(visit, "/grains", OnGrainsPage);
            await SeeAsync(visit, "/results?class=probe", "Results");

            await visit.CancelAsync($"{hanging.Id}", "It hangs.");
            await host.Http.WaitIdleAsync(Patience);
            await SeeAsync(visit, $"/jobs/{waiting.Id}", "Succeeded");
            await SeeAsync(visit, "/audit", "cancel");
        });
    }

    [SkippableFact]
    public Task Acts_AreDoneByTheHost()
    {
        Chromium.Require();
        return OnGridAsync(StoreKind.Sqlite, async grid =>
        {
            var host = await grid.StartAsync();
            var dead = Probes.Many(3, 0, "DeadLetter", tenant: "acme");
            await host.Http.SubmitAsync(dead);
            await host.Http.WaitIdleAsync(Patience);
            await using var browsing = await Browsing.StartAsync();
            await using var visit = await Visit.StartAsync(browsing.Browser, $"http://127.0.0.1:{host.Settings.HttpPort}");

            await visit.ChangeLimitsAsync(Probes.Class, 3, "acme 5");
            await visit.PauseAsync(Probes.Class);
            await visit.RetryAllAsync("/jobs?tenant=acme&state=DeadLettered", "of the tenant “acme”", dead.Count);
            await visit.DeadLetterAsync($"{dead[0].Id}", "wrong order");
            var paused = await host.Http.ClassAsync();
            Assert.Equal((2, 1, 3, 5), (paused.Counts.Queued, paused.Counts.DeadLettered, paused.Settings.MaxLocalWorkers, paused.Settings.WeightOf("acme")));
            await SeeAsync(visit, "/dead-letters", "wrong order");
            await visit.RetryAsync($"{dead[0].Id}");

            await visit.ResumeAsync(Probes.Class);
            await host.Http.WaitIdleAsync(Patience);
            var copy = await visit.ResubmitAsync($"{dead[1].Id}", "DeadLetter", "Succeed");
            await visit.SeeHeadingAsync("Succeeded");
            Assert.Equal("acme", (await host.Http.GetAsync(JobId.Parse(copy))).Tenant);

            await visit.DrainAsync();
            await host.Http.SubmitAsync([Probes.Job(0)]);
            await SeeAsync(visit, "/", "No silo");
        });
    }

    [SkippableFact]
    public Task SignIn_IsAskedFor_WhereKeysAreConfigured()
    {
        Chromium.Require();
        return OnGridAsync(StoreKind.Sqlite, async grid =>
        {
            var key = ApiKey.New("ada");
            var host = await grid.StartAsync($"--JobGrid:Access:Keys:ada:Hash={ApiKey.Hash(key)}", "--JobGrid:Access:Keys:ada:Role=Viewer");
            await using var browsing = await Browsing.StartAsync();
            await using var visit = await Visit.StartAsync(browsing.Browser, $"http://127.0.0.1:{host.Settings.HttpPort}");
            await visit.Page.GotoAsync(visit.Url + "/silos");
            await visit.Page.GetByLabel("Key").WaitForAsync();
            await visit.CheckAccessibilityAsync("sign-in");

            await visit.SignInAsync(key);

            await visit.SeeHeadingAsync("Overview");
            await visit.GoAsync($"/classes/{Probes.Class}");
            await Assertions.Expect(visit.Button("Pause")).ToHaveCountAsync(0);
        });
    }

    private static async Task SeeAsync(Visit visit, string path, string text)
    {
        await visit.GoAsync(path);
        await visit.SeeAsync(text);
        await visit.CheckAccessibilityAsync(path);
    }
}
