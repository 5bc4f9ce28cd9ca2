using System.Text.Json;

namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>What each page asks first, by the page's name.</summary>
internal static class PageRoutes
{
    private const int Repetitions = 60;
    private const int PageSize = 100;
    private const int MostLooks = 600;
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<(string Page, string[] Paths)>> ReadAsync(HttpClient client)
    {
        var samples = await SampleAsync(client);
        string[] cursors = ["", .. samples.Select(sample => $"&cursor={sample.Cursor}")];
        return
        [
            ("overview", Often("/api/overview")),
            ("class, overview", Often($"/api/classes/{PagesFill.Large}/overview")),
            ("class, tenants", Often($"/api/classes/{PagesFill.Running}/tenants")),
            ("class, errors", Often($"/api/classes/{PagesFill.Running}/errors")),
            ("silos", Often("/api/silos")),
            ("grains", Often("/api/grains")),
            ("bulk", Often("/api/bulk")),
            ("job, log", [.. (await RunningAsync(client)).Select(id => $"/api/jobs/{id}/log")]),
            ("class", Often($"/api/classes/{PagesFill.Large}")),
            ("classes", Often("/api/classes")),
            ("job", [.. samples.Select(sample => $"/api/jobs/{sample.Id}")]),
            ("job, why", [.. samples.Select(sample => $"/api/jobs/{sample.Id}/why")]),
            ("dead letters", Often($"/api/jobs?state=DeadLettered&limit={PageSize}")),
            ("results", [.. Enumerable.Range(0, Repetitions).Select(page => $"/api/classes/{PagesFill.Large}/results?limit={PageSize}&after={page * 20_000}")]),
            ("audit", Often("/api/audit")),
            .. ListingFilters.All().Select(filter => (
                filter.Name, filter.Queries.SelectMany(query => cursors.Select(cursor => $"/api/jobs?limit={PageSize}{query}{cursor}")).ToArray())),
        ];
    }

    /// <summary>Jobs that run, and have logged.</summary>
    private static async Task<string[]> RunningAsync(HttpClient client)
    {
        for (var look = 1; look < MostLooks; look++)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync("/api/jobs?state=Running"));
            if (page.RootElement.GetProperty("jobs").GetArrayLength() > 0)
            {
                return [.. page.RootElement.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!)];
            }

            await Task.Delay(LookPause);
        }

        throw new InvalidOperationException("No job runs.");
    }

    private static string[] Often(string path) => [.. Enumerable.Repeat(path, Repetitions)];

    /// <summary>Jobs from the newest to the oldest, found by when they were submitted, and where a listing goes on after them.</summary>
    private static async Task<List<(string Id, string Cursor)>> SampleAsync(HttpClient client)
    {
        var samples = new List<(string Id, string Cursor)>();
        for (var day = 0.5; day < 30; day += 7)
        {
            var before = Uri.EscapeDataString((PagesFill.End - TimeSpan.FromDays(day)).ToString("O"));
            using var page = JsonDocument.Parse(await client.GetStringAsync($"/api/jobs?limit=1&before={before}"));
            samples.AddRange(page.RootElement.GetProperty("jobs").EnumerateArray()
                .Select(job => (job.GetProperty("id").GetString()!, page.RootElement.GetProperty("nextCursor").GetString()!)));
        }

        return samples;
    }
}
