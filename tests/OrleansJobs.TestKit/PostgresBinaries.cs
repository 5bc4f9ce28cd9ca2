namespace OrleansJobs.TestKit;

/// <summary>Finds the programs of an installed PostgreSQL.</summary>
internal static class PostgresBinaries
{
    private static readonly string[] Homes = ["/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr/local/opt"];

    /// <summary>The directory with initdb and postgres of the newest version; null if there is none.</summary>
    public static string? Find() => Candidates().FirstOrDefault(
        directory => File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "postgres")));

    private static IEnumerable<string> Candidates()
    {
        foreach (var home in Homes.Where(Directory.Exists))
        {
            yield return Path.Combine(home, "bin");
            foreach (var version in Directory.EnumerateDirectories(home).OrderDescending(StringComparer.Ordinal))
            {
                yield return Path.Combine(version, "bin");
            }
        }

        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            yield return directory;
        }
    }
}
