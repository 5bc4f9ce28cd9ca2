namespace OrleansJobs;

/// <summary>What to say of a name that nobody knows: the known one that was probably meant, or all of them.</summary>
public static class UnknownName
{
    /// <summary>Longest name that is compared letter by letter; a longer one is no slip of the fingers.</summary>
    private const int MostCompared = 100;

    /// <summary>Shortest name that is looked for at the beginning of others.</summary>
    private const int ShortestStart = 3;

    /// <summary>A fault in a sentence, such as <c>JobGrid:Clases is not a setting; did you mean JobGrid:Classes?</c></summary>
    /// <param name="section">Where the name stands, such as <c>JobGrid</c>.</param>
    /// <param name="name">The name that is not known.</param>
    /// <param name="known">The names that are known there, in the order in which they are told.</param>
    /// <param name="what">What the name is not; <c>a setting</c> by default.</param>
    public static string Fault(string section, string name, IEnumerable<string> known, string what = "a setting")
    {
        ArgumentNullException.ThrowIfNull(name);
        List<string> names = [.. known];
        var hint = Nearest(name, names) is { } nearest ? $"did you mean {section}:{nearest}?"
            : names.Count == 0 ? $"{section} knows none."
            : $"{section} knows {string.Join(", ", names)}.";
        return $"{section}:{name} is not {what}; {hint}";
    }

    /// <summary>The known name that is nearest to a name, whatever their case; null if none is near enough to be meant.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        List<string> names = [.. known];
        return name.Length > MostCompared ? null
            : names.Where(other => other.Length <= MostCompared)
                .Select(other => (Name: other, Distance: Distance(name.ToUpperInvariant(), other.ToUpperInvariant())))
                .Where(other => other.Distance <= Math.Max(1, Math.Min(name.Length, other.Name.Length) / 3))
                .OrderBy(other => other.Distance)
                .Select(other => other.Name)
                .FirstOrDefault()
                ?? names.Where(other => Begins(name, other) || Begins(other, name)).OrderByDescending(other => other.Length).FirstOrDefault();
    }

    private static bool Begins(string name, string start) =>
        start.Length >= ShortestStart && name.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters to add, to leave out, to replace or to swap with their neighbour.</summary>
    private static int Distance(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                    rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[from.Length, to.Length];
    }
}
