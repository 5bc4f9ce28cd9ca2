using System.Collections.Frozen;
using System.Text.Json;

namespace OrleansJobs.Diagnostics;

/// <summary>Values of enumerations as telemetry writes them, such as <c>dead_lettered</c>.</summary>
internal static class Word
{
    public static string Of<T>(T value) where T : struct, Enum => Words<T>.All.TryGetValue(value, out var word) ? word : value.ToString();

    private static class Words<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
