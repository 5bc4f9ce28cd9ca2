using System.Text.Json.Nodes;

namespace OrleansJobs.Cli.Tests.Support;

/// <summary>What a run of the command line answered and printed.</summary>
internal sealed record CliResult(int ExitCode, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The one JSON document on stdout.</summary>
    public JsonNode Json => JsonNode.Parse(Assert.Single(Lines))!;

    /// <summary>The JSON documents on stdout, one a line.</summary>
    public List<JsonNode> JsonLines => [.. Lines.Select(line => JsonNode.Parse(line)!)];

    public CliResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"Exit code {ExitCode}, not {code}.\nout: {Out}\nerror: {Error}");
        return this;
    }
}
