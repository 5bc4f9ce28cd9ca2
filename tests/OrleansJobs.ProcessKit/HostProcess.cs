using System.Diagnostics;

namespace OrleansJobs.ProcessKit;

/// <summary>A host in a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int Tries = 3;
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private HostProcess(HostSettings settings, ChildProcess process)
    {
        Settings = settings;
        _process = process;
        Http = new GridHttp(new Uri($"http://127.0.0.1:{settings.HttpPort}"));
    }

    public HostSettings Settings { get; }

    public GridHttp Http { get; }

    public int Id => _process.Id;

    public string Name => Settings.Name;

    /// <summary>When it was killed, by the probes' clock; null if it was not.</summary>
    public long? KilledAt { get; private set; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a host and waits until it is ready; with other ports if somebody else took one of its own meanwhile.</summary>
    public static async Task<HostProcess> StartAsync(HostSettings settings, bool keepPorts = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var host = Launch(settings);
            try
            {
                await host.WaitReadyAsync();
                return host;
            }
            catch (HostExitedException exited)
            {
                host.Dispose();
                if (attempt == Tries || !exited.IsPortTaken)
                {
                    throw;
                }

                settings = keepPorts ? settings : settings.WithNewPorts();
            }
        }
    }

    /// <summary>Starts a host and waits for nothing.</summary>
    public static HostProcess Launch(HostSettings settings)
    {
        Directory.CreateDirectory(settings.Folder);
        var log = Path.Combine(settings.Folder, $"{settings.Name}.log");
        var environment = new Dictionary<string, string?>(settings.Environment)
        {
            ["DOTNET_ENVIRONMENT"] = "Production",

            // Tests run many hosts on few cores: a heap for each core costs each of them memory and threads.
            ["DOTNET_GCHeapCount"] = "1",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        var assembly = settings.Program.Assembly;
        IEnumerable<string> arguments = [assembly, .. settings.Program.Way is { } way ? [way] : (string[])[], $"--contentRoot={Path.GetDirectoryName(assembly)}", .. settings.Arguments()];
        return new HostProcess(settings, ChildProcess.Start(log, environment, "dotnet", arguments));
    }

    public async Task WaitReadyAsync()
    {
        try
        {
            await Clock.UntilAsync($"{Name} ready", ReadyTimeout, async () =>
                _process.HasExited ? throw new HostExitedException(_process) : await Http.IsReadyAsync(), TimeSpan.FromMilliseconds(50));
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}{Environment.NewLine}{_process.Tail()}", late);
        }
    }

    /// <summary>SIGKILL, and the process is gone when this returns.</summary>
    public async Task KillAsync()
    {
        KilledAt = Clock.NowMilliseconds;
        _process.Kill();
        await _process.WaitForExitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>SIGTERM; answers how long the process took to leave.</summary>
    public async Task<TimeSpan> TerminateAsync(TimeSpan timeout)
    {
        var began = Stopwatch.GetTimestamp();
        _process.Terminate();
        await _process.WaitForExitAsync(timeout);
        return Stopwatch.GetElapsedTime(began);
    }

    public void Freeze() => _process.Freeze();

    public void Thaw() => _process.Thaw();

    public Task WaitForExitAsync(TimeSpan timeout) => _process.WaitForExitAsync(timeout);

    public string Output() => _process.Output();

    public string Tail() => _process.Tail();

    public void Dispose()
    {
        Http.Dispose();
        _process.Dispose();
    }
}
