using System.Diagnostics;

namespace OrleansJobs.Benchmarks.Scenarios.Dashboards;

/// <summary>Open dashboards in a process of their own, so that only what the grid does for them counts as its cost.</summary>
internal sealed class DashboardReaders : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardReaders(Process process) => _process = process;

    public static DashboardReaders Start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DashboardReaders).Assembly.Location, ReadersCommand.Name])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new DashboardReaders(Process.Start(start) ?? throw new InvalidOperationException("The process of the dashboards did not start."));
    }

    /// <summary>Opens pages; their connections stand when it returns, and what comes is read from then on.</summary>
    public Task OpenAsync(Uri grid, IReadOnlyList<string> pages) => AskAsync([ReadersCommand.Open, grid.ToString(), .. pages]);

    /// <summary>Closes them.</summary>
    /// <exception cref="InvalidOperationException">One of them was told nothing while it was open.</exception>
    public Task CloseAsync() => AskAsync([ReadersCommand.Close]);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task AskAsync(string[] words)
    {
        await _process.StandardInput.WriteLineAsync(string.Join(' ', words));
        await _process.StandardInput.FlushAsync();
        if (await _process.StandardOutput.ReadLineAsync() is var answer && answer != ReadersCommand.Done)
        {
            throw new InvalidOperationException($"The dashboards did not {words[0]}: {answer ?? "their process has ended."}");
        }
    }
}
