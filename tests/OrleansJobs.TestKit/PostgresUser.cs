using System.Diagnostics;

namespace OrleansJobs.TestKit;

/// <summary>PostgreSQL does not run as root; when the tests do, its programs are started as another user.</summary>
internal static class PostgresUser
{
    // The server must not outlive the tests, even if they are killed: when their end of the pipe is closed, it is told to end.
    private const string Guard =
        """
        exec 3<&0
        log=$1 signal=$2; shift 2
        "$@" </dev/null >>"$log" 2>&1 &
        pid=$!
        (cat <&3; kill -$signal $pid) >/dev/null 2>&1 &
        wait $pid
        """;

    /// <summary>Whether another user is needed.</summary>
    public static bool Needed => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>That user.</summary>
    public static string Name { get; } =
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>Starts a program that ends with this process at the latest.</summary>
    /// <param name="log">The file that takes its output.</param>
    /// <param name="signal">What ends the program at once.</param>
    /// <param name="command">The program and its arguments.</param>
    public static Process Start(string log, string signal, params IReadOnlyList<string> command)
    {
        string[] user = Needed ? ["setpriv", $"--reuid={Name}", "--clear-groups", "--"] : [];
        string[] all = [.. user, "sh", "-c", Guard, "sh", log, signal, .. command];
        return Process.Start(new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
    }
}
