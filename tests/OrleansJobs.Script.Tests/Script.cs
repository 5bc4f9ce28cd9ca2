using System.Diagnostics;

namespace OrleansJobs.Script.Tests;

/// <summary>The parts of the script <c>grid</c>, with its functions at hand.</summary>
internal static class Script
{
    private static readonly string Root = FindRoot(AppContext.BaseDirectory);

    /// <summary>Runs commands after all parts are there; files that the script makes go to <paramref name="home"/>.</summary>
    public static (int ExitCode, string Output) Run(string home, string commands)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($$"""
            set -euo pipefail
            exec 2>&1
            ROOT=$1
            for part in base progress dotnet process node postgres matrix test pack scenario cluster; do . "$ROOT/eng/$part.sh"; done
            {{commands}}
            """);
        start.ArgumentList.Add("test");
        start.ArgumentList.Add(Root);
        start.Environment["GRID_HOME"] = home;
        using var bash = Process.Start(start)!;
        bash.StandardInput.Close();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return (bash.ExitCode, output);
    }

    /// <summary>A file of the project.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot(string from)
    {
        var folder = new DirectoryInfo(from);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansJobs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"There is no OrleansJobs.sln above {from}.");
    }
}
