using OrleansJobs.BrowserKit;
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

            await CancelAsync(visit, hanging.Id!.Value);
            await host.Http.WaitIdleAsync(Patience);
            await SeeAsync(visit, $"/jobs/{waiting.Id}", "Succeeded");
            await SeeAsync(visit, "/audit", "cancel");
        });
    }

    private static async Task SeeAsync(Visit visit, string path, string text)
    {
        await visit.GoAsync(path);
        await visit.SeeAsync(text);
        await visit.CheckAccessibilityAsync(path);
    }

    private static async Task CancelAsync(Visit visit, JobId job)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Cancel").ClickAsync();
        await visit.InDialog("Cancel it").ClickAsync();
        await visit.SeeAsync("Cancelled");
    }
}
