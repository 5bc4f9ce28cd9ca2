using System.Diagnostics;

namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>Another process, of this same program, that claims a store and holds it until it is killed or its input ends.</summary>
public sealed class StoreHolder : IDisposable
{
    private const string Granted = "granted";
    private readonly Process _process;

    private StoreHolder(Process process) => _process = process;

    public int Id => _process.Id;

    public static async Task<int> Main(string[] args)
    {
        var options = (Kind: args[0], Location: args[1], Claim: Enum.Parse<StoreClaim>(args[2]));
        await using var store = options.Kind == nameof(SqliteHarness)
            ? SqliteHarness.Create(new(options.Location))
            : PostgresHarness.Create(new(options.Location));
        await store.InitializeAsync();
        await using var ownership = await store.OwnAsync(options.Claim);
        await Console.Out.WriteLineAsync(Granted);
        await Console.In.ReadLineAsync();
        return 0;
    }

    /// <summary>Starts the process and waits until it has the claim.</summary>
    public static async Task<StoreHolder> StartAsync(StoreHarness harness, StoreClaim claim)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { "exec", typeof(StoreHolder).Assembly.Location, harness.GetType().Name, harness.Location, $"{claim}" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var holder = new StoreHolder(Process.Start(start)!);
        Assert.Equal(Granted, await holder._process.StandardOutput.ReadLineAsync());
        return holder;
    }

    /// <summary>Ends the process as nothing else does: without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process without ending it.</summary>
    public async Task PauseAsync()
    {
        using var kill = Process.Start("kill", ["-STOP", $"{Id}"]);
        await kill.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
