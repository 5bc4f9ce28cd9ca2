namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>The process of the dashboards: opens and closes them as its standard input says, and answers each line with one.</summary>
internal static class ReadersCommand
{
    /// <summary>Its name among the arguments of the program.</summary>
    public const string Name = "read-dashboards";

    /// <summary>Opens pages: the grid's address and their paths.</summary>
    public const string Open = "open";

    /// <summary>Closes what is open.</summary>
    public const string Close = "close";

    /// <summary>The answer when it went well; otherwise it is what went wrong.</summary>
    public const string Done = "done";

    public static async Task<int> RunAsync()
    {
        var open = new List<OpenDashboard>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await TryAsync(open, line.Split(' ')));
        }

        return 0;
    }

    private static async Task<string> TryAsync(List<OpenDashboard> open, string[] words)
    {
        try
        {
            await (words is [Open, var grid, .. var paths] ? OpenAsync(open, new Uri(grid), paths) : CloseAsync(open));
            return Done;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return error.Message.ReplaceLineEndings(" ");
        }
    }

    private static async Task OpenAsync(List<OpenDashboard> open, Uri grid, string[] paths)
    {
        foreach (var path in paths)
        {
            open.Add(await OpenDashboard.OpenAsync(grid, path));
        }
    }

    private static async Task CloseAsync(List<OpenDashboard> open)
    {
        var silent = open.Where(dashboard => !dashboard.HasNews).Select(dashboard => dashboard.Path).ToList();
        foreach (var dashboard in open)
        {
            await dashboard.DisposeAsync();
        }

        open.Clear();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"These were told nothing: {string.Join(", ", silent.Distinct())}");
        }
    }
}
