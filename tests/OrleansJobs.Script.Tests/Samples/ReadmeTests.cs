namespace OrleansJobs.Script.Tests.Samples;

/// <summary>README's commands, run in their order on a real node: each prints what README says.</summary>
[Trait("Category", "Slow")]
public sealed class ReadmeTests : ScriptTest
{
    private const string ShownUrl = "http://127.0.0.1:5080";
    private const string ClusterCommand = "./grid cluster";

    [Fact]
    public void FiveMinutes_AreAsReadmeSays()
    {
        var steps = Steps(cluster: false);
        var url = $"http://127.0.0.1:{Run("free_port $((20000 + RANDOM))").Output.Trim()}";
        string? id = null;
        try
        {
            foreach (var step in steps)
            {
                var command = step.Command.Replace("./grid up", $"./grid up --port {new Uri(url).Port}", StringComparison.Ordinal);
                var output = AsShown(SampleStep.WithId(command, id), step, url);
                id = SampleStep.IdIn(output) ?? id;
            }
        }
        finally
        {
            Run("\"$ROOT/grid\" down");
        }

        Assert.All((string[])["up", "demo", "jobs", "down"], command => Assert.Contains(steps, step => step.Command.StartsWith($"./grid {command}", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void SiloThatIsKilled_IsAsReadmeSays()
    {
        Skip.If(Run("pg_bin").ExitCode != 0, "PostgreSQL is not installed.");

        AsShown(Assert.Single(Steps(cluster: true)));
    }

    private static List<SampleStep> Steps(bool cluster) =>
        SampleStep.Of(Script.Read("README.md")).Where(step => step.Command.StartsWith(ClusterCommand, StringComparison.Ordinal) == cluster).ToList();

    private void AsShown(SampleStep step) => AsShown(step.Command, step, ShownUrl);

    private string AsShown(string command, SampleStep step, string url)
    {
        var (exitCode, output) = Run($"cd \"$ROOT\"\n{command.Replace(ShownUrl, url, StringComparison.Ordinal)}");
        output = output.Replace(Folder, ".grid", StringComparison.Ordinal).Replace(url, ShownUrl, StringComparison.Ordinal);
        var countsVary = command.StartsWith("./grid demo", StringComparison.Ordinal) || command.StartsWith(ClusterCommand, StringComparison.Ordinal);

        Assert.True(exitCode == 0, $"{command} exits with {exitCode}:\n{output}");
        var difference = SampleOutput.Difference(step.Lines, output, countsVary);
        Assert.True(difference is null, $"$ {command}\n{difference}\nAll that was printed:\n{output}");
        return output;
    }
}
