using System.Text.RegularExpressions;

namespace OrleansJobs.Script.Tests;

/// <summary>The files for containers, as far as they can be checked without an engine that runs them.</summary>
public sealed partial class ContainerTests : ScriptTest
{
    [SkippableFact]
    public void ComposeFile_IsValid_WithItsTwoValues()
    {
        SkipWithoutCompose();

        var (exitCode, output) = Run($"export JOBS_DB_PASSWORD=secret JOBS_ADMIN_KEY_HASH=hash\ndocker compose -f \"$ROOT/docker-compose.yml\" config");

        Assert.True(exitCode == 0, output);
        Assert.Contains("Password=secret", output);
        Assert.All((string[])["silo1", "silo2", "silo3", "postgres"], service => Assert.Matches($"(?m)^  {service}:$", output));
    }

    [SkippableTheory]
    [InlineData("JOBS_DB_PASSWORD=secret", "JOBS_ADMIN_KEY_HASH")]
    [InlineData("JOBS_ADMIN_KEY_HASH=hash", "JOBS_DB_PASSWORD")]
    public void ComposeFile_WithoutOneOfItsValues_NamesIt(string given, string missing)
    {
        SkipWithoutCompose();

        var (exitCode, output) = Run($"unset JOBS_DB_PASSWORD JOBS_ADMIN_KEY_HASH\nexport {given}\ndocker compose -f \"$ROOT/docker-compose.yml\" config");

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"set {missing}", output);
    }

    [Fact]
    public void Image_IsBuiltWithAllThatTheSiloIsMadeOf()
    {
        var sent = Script.Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var (_, rootFiles) = Run("cd \"$ROOT\" && ls -d Directory.*.* global.json .editorconfig");
        var needed = rootFiles.Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(ProjectsOf("silo/OrleansJobs.Silo.csproj"));

        Assert.All(needed, path => Assert.Contains(sent, entry => path == entry || path.StartsWith($"{entry}/", StringComparison.Ordinal)));
    }

    private static HashSet<string> ProjectsOf(string project)
    {
        var found = new HashSet<string>();
        var left = new Stack<string>([project]);
        while (left.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            foreach (var reference in Reference().Matches(Script.Read(next)).Select(match => match.Groups["path"].Value))
                left.Push(Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(next)!, reference))));
        }

        Assert.True(found.Count > 5, "The silo's references are not found.");
        return found;
    }

    private void SkipWithoutCompose() =>
        Skip.If(Run("docker compose version >/dev/null 2>&1").ExitCode != 0, "'docker compose' is not installed.");

    [GeneratedRegex("ProjectReference Include=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
