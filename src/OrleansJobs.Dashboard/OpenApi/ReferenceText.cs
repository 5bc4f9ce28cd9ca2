using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>
/// Makes the references in the texts of XML documentation readable to people without the sources: limits are told by their values, members
/// by their names in JSON.
/// </summary>
internal static partial class ReferenceText
{
    private static readonly Type[] Limits = [typeof(JobLimits), typeof(InsightLimits), typeof(HttpLimits)];

    public static string? Read(string? text) => text is null ? null : References().Replace(text, Tell);

    private static string Tell(Match reference)
    {
        var (type, member) = (reference.Groups["type"].Value, reference.Groups["member"].Value);
        var limit = Limits.FirstOrDefault(one => one.Name == type)?.GetField(member, BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return limit switch
        {
            TimeSpan duration => JobDuration.Format(duration),
            IFormattable number => number.ToString("N0", CultureInfo.InvariantCulture),
            _ => $"`{JsonNamingPolicy.CamelCase.ConvertName(member)}`",
        };
    }

    /// <summary>As the document's maker writes a reference: the type of the member, then where it is.</summary>
    [GeneratedRegex(@"[\w\[\]<>?]+ (?<type>[A-Z]\w*)\.(?<member>[A-Z]\w*)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex References();
}
