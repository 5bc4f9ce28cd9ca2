using System.Diagnostics.CodeAnalysis;

namespace OrleansJobs;

/// <summary>Lists and maps in the form in which they travel. What has it goes in as it is; a null goes through, for the checks to name it.</summary>
internal static class WireLists
{
    [return: NotNullIfNotNull(nameof(list))]
    public static T[]? Array<T>(IReadOnlyList<T>? list) => list is null ? null : list as T[] ?? [.. list];

    public static T[]? ArrayUnlessEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : Array(list);

    [return: NotNullIfNotNull(nameof(map))]
    public static Dictionary<string, T>? Map<T>(IReadOnlyDictionary<string, T>? map) => map switch
    {
        null => null,
        Dictionary<string, T> dictionary when IsOrdinal(dictionary.Comparer) => dictionary,
        _ => new(map, StringComparer.Ordinal),
    };

    private static bool IsOrdinal(IEqualityComparer<string> comparer) => StringComparer.IsWellKnownOrdinalComparer(comparer!, out var ignoresCase) && !ignoresCase;
}
