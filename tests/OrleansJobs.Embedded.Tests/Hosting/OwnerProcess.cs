using System.Diagnostics;

namespace OrleansJobs.Embedded.Tests.Hosting;

/// <summary>Another process that has a store.</summary>
internal sealed class OwnerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private OwnerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The job that runs there.</summary>
    public JobId Job { get; private set; }

    /// <summary>Starts it; it runs its job then.</summary>
    public static async Task<OwnerProcess> StartAsync(string path)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Owner).Assembly.Location, path]) { UseShellExecute = false, RedirectStandardOutput = true };
        var owner = new OwnerProcess(Process.Start(start)!);
        using var patience = new CancellationTokenSource(Patience);
        var line = await owner._process.StandardOutput.ReadLineAsync(patience.Token) ?? "nothing";
        Assert.StartsWith(Owner.Running, line, StringComparison.Ordinal);
        owner.Job = JobId.Parse(line[(Owner.Running.Length + 1)..]);
        return owner;
    }

    /// <summary>Ends it without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
