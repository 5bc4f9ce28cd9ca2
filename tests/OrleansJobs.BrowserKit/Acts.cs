using Microsoft.Playwright;

namespace OrleansJobs.BrowserKit;

/// <summary>What people do on the pages, whatever grid is behind them. Each act ends when the page shows that it was done.</summary>
internal static class Acts
{
    public static async Task CancelAsync(this Visit visit, string job, string reason)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Cancel").ClickAsync();
        await visit.Dialog.GetByLabel("Reason").FillAsync(reason);
        await visit.InDialog("Cancel it").ClickAsync();
        await visit.SeeHeadingAsync("Cancelled");
    }

    public static async Task RetryAsync(this Visit visit, string job)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Retry").ClickAsync();
        await visit.InDialog("Retry it").ClickAsync();
        await visit.Page.GetByText("The job is back in the backlog.").WaitForAsync();
    }

    /// <summary>Without a reason the dialog asks for one.</summary>
    public static async Task DeadLetterAsync(this Visit visit, string job, string reason)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Dead-letter").ClickAsync();
        await visit.InDialog("Dead-letter it").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToContainTextAsync("Say why");
        await visit.Dialog.GetByLabel("Reason").FillAsync(reason);
        await visit.InDialog("Dead-letter it").ClickAsync();
        await visit.SeeHeadingAsync("Dead-lettered");
    }

    /// <summary>The dialog says what is lost; afterwards the page is that of the class's jobs.</summary>
    public static async Task DeleteAsync(this Visit visit, string job)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Delete").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToContainTextAsync("There is no way back.");
        await visit.CheckAccessibilityAsync("dialog");
        await visit.InDialog("Delete it").ClickAsync();
        await visit.Page.GetByText("The job is deleted.").WaitForAsync();
        await visit.SeeHeadingAsync("Jobs");
    }

    /// <summary>Edits the payload of a job and submits it as a new one.</summary>
    /// <returns>The new job's id.</returns>
    public static async Task<string> ResubmitAsync(this Visit visit, string job, string text, string instead)
    {
        await visit.GoAsync($"/jobs/{job}");
        await visit.Button("Edit and resubmit").ClickAsync();
        var payload = await visit.Dialog.GetByLabel("Payload").InputValueAsync();
        await visit.Dialog.GetByLabel("Payload").FillAsync(payload.Replace(text, instead, StringComparison.Ordinal));
        await visit.InDialog("Submit a new job").ClickAsync();
        return await visit.SeeOtherJobAsync(job);
    }

    /// <summary>Waits until the page is of another job.</summary>
    /// <returns>The other job's id.</returns>
    public static async Task<string> SeeOtherJobAsync(this Visit visit, string job)
    {
        // Waiting for a navigation would miss one that has just been: the expectation looks again and again.
        await Assertions.Expect(visit.Page).Not.ToHaveURLAsync($"{visit.Url}/jobs/{job}");
        return visit.Page.Url.Split('/')[^1];
    }

    public static async Task ChangeLimitsAsync(this Visit visit, string jobClass, int permits, string weights)
    {
        await visit.GoAsync($"/classes/{jobClass}");
        await visit.Button("Change…").ClickAsync();
        await visit.Page.GetByLabel("Permits on each silo").FillAsync($"{permits}");
        await visit.Page.GetByLabel("Tenants’ weights").FillAsync(weights);
        await visit.Button("Change the limits").ClickAsync();
        await visit.SeeAsync(weights);
    }

    public static async Task PauseAsync(this Visit visit, string jobClass)
    {
        await visit.GoAsync($"/classes/{jobClass}");
        await visit.Button("Pause").ClickAsync();
        await visit.Button("Resume").WaitForAsync();
    }

    public static async Task ResumeAsync(this Visit visit, string jobClass)
    {
        await visit.GoAsync($"/classes/{jobClass}");
        await visit.Button("Resume").ClickAsync();
        await visit.Button("Pause").WaitForAsync();
    }

    /// <summary>Retries all jobs of a list, of which there are so many.</summary>
    /// <param name="visit">Who does it.</param>
    /// <param name="list">The page with the list, filtered.</param>
    /// <param name="filter">What the dialog has to say that it will act on.</param>
    /// <param name="count">How many jobs there are.</param>
    public static async Task RetryAllAsync(this Visit visit, string list, string filter, int count)
    {
        await visit.GoAsync(list);
        await visit.SeeAsync($"{count} jobs");
        await visit.Button("Retry all that match…").ClickAsync();
        await Assertions.Expect(visit.Dialog).ToContainTextAsync(filter);
        await visit.CheckAccessibilityAsync("dialog");
        await visit.InDialog("Retry them").ClickAsync();
        await visit.SeeAsync($"{count} changed");
    }

    /// <summary>Drains the only silo.</summary>
    public static async Task DrainAsync(this Visit visit)
    {
        await visit.GoAsync("/silos");
        await visit.Button("Drain…").ClickAsync();
        await visit.InDialog("Drain it").ClickAsync();
        await visit.SeeAsync("Draining: takes no more jobs");
    }

    public static Task SeeHeadingAsync(this Visit visit, string text) => Assertions.Expect(visit.Page.Locator("h1")).ToContainTextAsync(text);
}
