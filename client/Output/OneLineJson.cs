using System.Text.Json;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Output;

/// <summary>JSON on one line, whatever a payload that passes through has in it.</summary>
internal static class OneLineJson
{
    public static string Of<T>(T value) => Printable.Json(JsonSerializer.Serialize(value, JobsHttpJson.Options));
}
