using System.Diagnostics;

namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>How long pages take to answer.</summary>
internal static class PageTimes
{
    /// <summary>No page's first answer may take longer, at the 95th percentile.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    private const int WarmUps = 3;
    private const int LeastAnswers = 60;

    /// <summary>Asks for all pages, one after the other, and prints a line for each.</summary>
    /// <returns>The slowest page's 95th percentile, in milliseconds.</returns>
    public static async Task<double> MeasureAsync(HttpClient client, IReadOnlyList<(string Page, string[] Paths)> routes)
    {
        Console.WriteLine($"  {"page",-24} {"answers",7} {"p50 ms",8} {"p95 ms",8} {"max ms",8}");
        var worst = 0.0;
        foreach (var (page, paths) in routes)
        {
            var times = await AskAsync(client, paths);
            var p95 = At(times, 0.95);
            worst = Math.Max(worst, p95);
            Console.WriteLine(
                $"  {page,-24} {times.Count,7} {At(times, 0.5),8:0.0} {p95,8:0.0} {times[^1].Milliseconds,8:0.0}  {(p95 < Limit.TotalMilliseconds ? "" : "TOO SLOW: ")}{Short(times[^1].Path)}");
        }

        return worst;
    }

    private static async Task<List<(double Milliseconds, string Path)>> AskAsync(HttpClient client, string[] paths)
    {
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await AskAsync(client, paths[warmUp % paths.Length]);
        }

        var times = new List<(double Milliseconds, string Path)>();
        while (times.Count < LeastAnswers)
        {
            foreach (var path in paths)
            {
                times.Add((await AskAsync(client, path), path));
            }
        }

        times.Sort();
        return times;
    }

    private static async Task<double> AskAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}: {body}");
    }

    private static double At(List<(double Milliseconds, string Path)> sorted, double part) => sorted[(int)Math.Ceiling(sorted.Count * part) - 1].Milliseconds;

    private static string Short(string path) => path.Length > 110 ? path[..110] : path;
}
