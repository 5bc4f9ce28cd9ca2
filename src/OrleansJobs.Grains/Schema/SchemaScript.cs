using System.Text;

namespace OrleansJobs.Grains.Schema;

/// <summary>The tables and stored queries Orleans needs in one kind of database, read from the .sql files of this assembly.</summary>
internal sealed class SchemaScript
{
    /// <summary>The row of OrleansQuery that says the schema is ours, and of which version.</summary>
    internal const string VersionKey = "OrleansJobsSchemaVersion";

    /// <summary>Raised when the tables change such that older programs cannot use them; a changed query text needs no new version.</summary>
    internal const int Version = 1;

    private const string QueryMark = "-- query:";
    private const string CommentMark = "--";

    private SchemaScript(string tables, IReadOnlyDictionary<string, string> queries)
    {
        Tables = tables;
        Queries = queries;
    }

    /// <summary>The statements that make the tables, if they are not there.</summary>
    internal string Tables { get; }

    /// <summary>The rows OrleansQuery has to hold, the version's included.</summary>
    internal IReadOnlyDictionary<string, string> Queries { get; }

    /// <summary>Reads and joins the given files, named like <c>Postgres.persistence</c>.</summary>
    internal static SchemaScript Load(params ReadOnlySpan<string> files)
    {
        var tables = new StringBuilder();
        var queries = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var section = tables;
            foreach (var line in ReadLines(file))
            {
                if (line.StartsWith(QueryMark, StringComparison.Ordinal))
                {
                    queries.Add(line[QueryMark.Length..].Trim(), section = new StringBuilder());
                }
                else if (!line.StartsWith(CommentMark, StringComparison.Ordinal))
                {
                    section.Append(line).Append('\n');
                }
            }
        }

        var rows = queries.ToDictionary(query => query.Key, query => query.Value.ToString().Trim(), StringComparer.Ordinal);
        rows.Add(VersionKey, Version.ToString());
        return new SchemaScript(tables.ToString(), rows);
    }

    /// <summary>Whether the stored rows are all as they should be.</summary>
    /// <exception cref="StoreSetupException">The rows are another application's, or those of a newer program.</exception>
    internal bool IsHeldBy(IReadOnlyDictionary<string, string> stored)
    {
        if (stored.Count == 0)
        {
            return false;
        }

        if (!stored.TryGetValue(VersionKey, out var text) || !int.TryParse(text, out var version))
        {
            throw new StoreSetupException(
                "The database already holds the OrleansQuery table of another application, whose queries must not be replaced. "
                + "Give OrleansJobs a database or, with PostgreSQL, a schema of its own.");
        }

        if (version > Version)
        {
            throw new StoreSetupException(
                $"The Orleans tables have schema version {version}, but this program knows version {Version} at most. Run a newer program.");
        }

        return Queries.All(query => stored.TryGetValue(query.Key, out var held) && held == query.Value);
    }

    private static IEnumerable<string> ReadLines(string file)
    {
        var resource = $"{typeof(SchemaScript).Namespace}.{file}.sql";
        using var reader = new StreamReader(
            typeof(SchemaScript).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {resource}."));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
