using Xunit.Abstractions;

namespace OrleansJobs.ProcessKit;

/// <summary>A test of hosts that cannot start.</summary>
public abstract class RefusalTest(HostProgram program, SharedPostgres postgres, ITestOutputHelper output) : ProcessTest(program, postgres, output)
{
    private const int MostLines = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Starts a host that has to give up, and answers what it said.</summary>
    private protected async Task<string> RefusedAsync(TestGrid grid, HostSettings settings)
    {
        var host = grid.Launch(settings with { Name = $"refused-{Guid.NewGuid():N}" });
        await host.WaitForExitAsync(Patience);
        var said = host.Output().TrimEnd();
        Say($"exit code {host.ExitCode}: {said}");
        Assert.Equal(1, host.ExitCode);
        Assert.DoesNotContain("   at ", said);
        Assert.Single(said.Split('\n'), line => line.EndsWith(" cannot start:", StringComparison.Ordinal));
        Assert.All(said.Split('\n').GroupBy(line => line, StringComparer.Ordinal), lines => Assert.Single(lines));
        Assert.True(said.Split('\n').Length <= MostLines, said);
        return said;
    }
}
