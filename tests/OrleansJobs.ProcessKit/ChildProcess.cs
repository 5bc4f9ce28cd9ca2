using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OrleansJobs.ProcessKit;

/// <summary>A process whose output goes to a file, and that does not outlive the test run, however that ends.</summary>
internal sealed partial class ChildProcess : IDisposable
{
    private const int SigInt = 2;
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int TailLength = 6_000;

    private readonly Process _process;
    private readonly Process _guard;
    private readonly string _log;

    private ChildProcess(Process process, Process guard, string log)
    {
        _process = process;
        _guard = guard;
        _log = log;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public string Log => _log;

    /// <summary>Starts a program with its output in <paramref name="log"/>.</summary>
    public static ChildProcess Start(string log, IReadOnlyDictionary<string, string?> environment, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = Path.GetDirectoryName(log) };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null");
        foreach (var argument in (IEnumerable<string>)["sh", log, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        return new ChildProcess(process, StartGuard(process.Id), log);
    }

    public void Kill() => Signal(SigKill);

    public void Terminate() => Signal(SigTerm);

    public void Interrupt() => Signal(SigInt);

    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    public async Task WaitForExitAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"Process {Id} still ran after {timeout.TotalSeconds:0} s.{Environment.NewLine}{Tail()}", late);
        }
    }

    public string Output() => File.Exists(_log) ? File.ReadAllText(_log) : "";

    public string Tail()
    {
        var output = Output();
        return $"--- {_log}{Environment.NewLine}{(output.Length > TailLength ? output[^TailLength..] : output)}";
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit();
        }

        _guard.Kill();
        _guard.WaitForExit();
        _guard.Dispose();
        _process.Dispose();
    }

    // The guard's input ends when the test run does, even by a kill; then it kills what it guards.
    private static Process StartGuard(int id)
    {
        var guard = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, UseShellExecute = false };
        guard.ArgumentList.Add("-c");
        guard.ArgumentList.Add($"read _; kill -9 {id}");
        return Process.Start(guard)!;
    }

    private void Signal(int signal)
    {
        if (!_process.HasExited && SendSignal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Process {_process.Id} took no signal {signal} (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
