using System.Globalization;
using Microsoft.AspNetCore.Http;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Reads values from a query, and says which one is not valid.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    /// <summary>Refuses keys that the call does not know, and values that nothing could be found by.</summary>
    public static void RequireOnly(IQueryCollection query, string[]? keys)
    {
        if (keys is null)
        {
            return;
        }

        foreach (var (key, values) in query)
        {
            if (!keys.Contains(key, StringComparer.Ordinal))
            {
                var known = keys.Length == 0 ? "this call takes none" : $"known are {string.Join(", ", keys)}";
                throw new InvalidRequestException($"Unknown query key '{key}'; {known}.");
            }

            if (values.Count > 1)
            {
                throw new InvalidRequestException($"Query key '{key}' is given {values.Count} times.");
            }

            if (!StorableText.IsOne(values.ToString()))
            {
                throw new InvalidRequestException($"Query key '{key}' is no {StorableText.Expected}.");
            }
        }
    }

    public string? Text(string key) => query.TryGetValue(key, out var value) ? value.ToString() : null;

    public bool Has(string key) => query.ContainsKey(key);

    public int Int(string key, int whenMissing, int min, int max) => (int)Long(key, whenMissing, min, max);

    public long Long(string key, long whenMissing, long min, long max) => Text(key) switch
    {
        null => whenMissing,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max => number,
        var text => throw Invalid(key, text, $"a whole number from {min} to {max}"),
    };

    /// <summary>A wait. A bare number is one of seconds, as it has always been. To the parser infinities are numbers too.</summary>
    public TimeSpan Wait(string key) => Text(key) switch
    {
        null => TimeSpan.Zero,
        var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds >= 0 && seconds <= HttpLimits.MaxWait.TotalSeconds => TimeSpan.FromSeconds(seconds),
        var text when JobDuration.TryParse(text, out var wait) && wait <= HttpLimits.MaxWait => wait,
        var text => throw Invalid(key, text, $"seconds from 0 to {HttpLimits.MaxWait.TotalSeconds}, or a duration up to that, such as 2.5s"),
    };

    public TEnum? Enum<TEnum>(string key) where TEnum : struct, Enum => Text(key) switch
    {
        null => null,
        var text when text.All(char.IsAsciiLetter) && System.Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) => value,
        var text => throw Invalid(key, text, $"one of {string.Join(", ", System.Enum.GetNames<TEnum>())}"),
    };

    public DateTimeOffset? Time(string key) => Text(key) switch
    {
        null => null,
        var text when OffsetTime.TryParse(text, out var time) => time,
        var text => throw Invalid(key, text, OffsetTime.Expected),
    };

    public JobId? JobId(string key) => Text(key) switch
    {
        null => null,
        var text when OrleansJobs.JobId.TryParse(text, CultureInfo.InvariantCulture, out var id) => id,
        var text => throw Invalid(key, text, "a job id (a UUID)"),
    };

    private static InvalidRequestException Invalid(string key, string text, string expected) =>
        new($"Query key '{key}' is '{text}'; expected {expected}.");
}
