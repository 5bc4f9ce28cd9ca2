using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansJobs.Packages.Tests.Kit;

/// <summary>
/// A program with its output in a file, in a process group of its own. The whole group is killed when this is disposed, and when the test run
/// ends in whatever way, so that nothing that the program started is left.
/// </summary>
internal sealed partial class OutsideProcess : IDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    // The guard's input ends when the test run does, even by a kill. The trap lets the shell live to tell the program's exit code.
    private const string Guarded =
        """
        exec 3<&0
        (cat <&3 >/dev/null; kill -KILL 0) &
        trap : TERM
        log=$1; shift
        "$@" >>"$log" 2>&1 </dev/null
        """;

    private readonly Process _process;
    private readonly string _log;
    private readonly string _command;

    private OutsideProcess(Process process, string log, string command)
    {
        _process = process;
        _log = log;
        _command = command;
    }

    public string Output => File.Exists(_log) ? File.ReadAllText(_log) : "";

    /// <summary>Starts a program.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">What it finds in its environment beside what this process has.</param>
    /// <param name="command">The program and its arguments.</param>
    public static OutsideProcess Start(string folder, IReadOnlyDictionary<string, string?> environment, params IReadOnlyList<string> command)
    {
        var log = Path.Combine(folder, $"output-{Guid.NewGuid():N}.txt");
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Guarded, "sh", log, .. command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new OutsideProcess(Process.Start(start)!, log, string.Join(' ', command));
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its output.</returns>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<string> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> environment, TimeSpan timeout, params IReadOnlyList<string> command)
    {
        using var process = Start(folder, environment, command);
        var code = await process.WaitForExitAsync(timeout);
        return code == 0 ? process.Output : throw new InvalidOperationException(process.Told($"ended with {code}"));
    }

    /// <summary>Asks the program to end.</summary>
    public void Terminate() => Signal(SigTerm);

    /// <summary>Waits until the program has ended.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(Told($"still ran after {timeout.TotalSeconds:0} s"), late);
        }
    }

    /// <summary>Asks again and again until there is an answer.</summary>
    /// <exception cref="InvalidOperationException">The program ended before.</exception>
    /// <exception cref="TimeoutException">There was none in time.</exception>
    public async Task<T> UntilAsync<T>(TimeSpan timeout, Func<Task<T?>> ask)
        where T : class
    {
        var begin = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            if (_process.HasExited)
            {
                throw new InvalidOperationException(Told($"ended with {_process.ExitCode}"));
            }

            if (Stopwatch.GetElapsedTime(begin) > timeout)
            {
                throw new TimeoutException(Told($"did not get there in {timeout.TotalSeconds:0} s"));
            }

            // Another process: there is nothing to wait for but its answer.
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    public void Dispose()
    {
        Signal(SigKill);
        _process.StandardInput.Dispose();
        _process.Dispose();
    }

    private string Told(string what) => $"'{_command}' {what}.{Environment.NewLine}{Output}";

    // To the group: the shell, the program, and whatever that has started. That it is gone already is no fault.
    private void Signal(int signal) => _ = SendSignal(-_process.Id, signal);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
