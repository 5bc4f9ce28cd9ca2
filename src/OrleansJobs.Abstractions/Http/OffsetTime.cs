using System.Globalization;

namespace OrleansJobs.Http;

/// <summary>Times as text: ISO 8601 with an offset.</summary>
public static class OffsetTime
{
    /// <summary>What such a text looks like, for error messages.</summary>
    public const string Expected = "an ISO 8601 time with its offset, such as \"2030-01-31T12:00:00Z\"";

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];

    /// <summary>Reads a time, if the text is one.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null
            && HasOffset(text)
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static bool HasOffset(string text) =>
        text.EndsWith('Z') || (text.IndexOf('T', StringComparison.Ordinal) is > 0 and var t && text.AsSpan(t).ContainsAny('+', '-'));
}
