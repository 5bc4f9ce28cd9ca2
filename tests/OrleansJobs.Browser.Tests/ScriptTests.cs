using System.Diagnostics;

namespace OrleansJobs.Browser.Tests;

/// <summary>The modules that need no page, by the node that drives the browser.</summary>
public sealed class ScriptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [SkippableFact]
    public async Task PureModules_DoWhatTheySay()
    {
        var node = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, ".playwright", "node"), "node", SearchOption.AllDirectories).FirstOrDefault();
        Skip.If(node is null, "the package of Playwright has no node for this machine");
        var folder = Path.Combine(AppContext.BaseDirectory, "Script");
        var start = new ProcessStartInfo(node, ["--test", "--test-reporter=tap", .. Directory.EnumerateFiles(folder, "*.test.js")])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var run = Process.Start(start)!;
        var errors = run.StandardError.ReadToEndAsync();
        var output = await run.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await run.WaitForExitAsync().WaitAsync(Patience);

        Assert.True(run.ExitCode == 0, output + await errors);
        Assert.DoesNotContain("# tests 0", output, StringComparison.Ordinal);
    }
}
