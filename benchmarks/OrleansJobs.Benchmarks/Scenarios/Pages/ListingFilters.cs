namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>Every filter of a listing alone and with every other one, each with values that many, few and no jobs have.</summary>
internal static class ListingFilters
{
    private static readonly (string Key, string[] Values)[] Filters =
    [
        ("class", [PagesFill.Large, PagesFill.Small, PagesFill.Running, PagesFill.Empty]),
        ("state", Enum.GetNames<JobState>()),
        ("tenant", [PagesFill.LargeTenant, "tenant-007", PagesFill.RareTenant, "nobody"]),
        ("tag", [PagesFill.CommonTag, "vip", PagesFill.RareTag, "nothing"]),
        ("uniqueKey", [PagesFill.Key, "nothing"]),
        ("error", [PagesFill.CommonError, PagesFill.RareError, "nothing like it"]),
        ("from", [At(20), At(0)]),
        ("before", [At(29), At(10)]),
    ];

    /// <summary>Queries by the names of their filters.</summary>
    public static IEnumerable<(string Name, string[] Queries)> All()
    {
        yield return ("jobs", [""]);
        foreach (var (index, (key, values)) in Filters.Index())
        {
            yield return ($"jobs {key}", [.. values.Select(value => Text(key, value))]);
            foreach (var (other, others) in Filters.Skip(index + 1))
            {
                yield return ($"jobs {key}+{other}", [.. values.SelectMany(value => others.Select(more => Text(key, value) + Text(other, more)))]);
            }
        }
    }

    private static string Text(string key, string value) => $"&{key}={Uri.EscapeDataString(value)}";

    private static string At(int daysAgo) => (PagesFill.End - TimeSpan.FromDays(daysAgo)).ToString("O");
}
