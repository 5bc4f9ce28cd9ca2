using System.Text.Json;

namespace OrleansJobs.Engine.Classes;

/// <summary>How changes to a class's limits are stored: plain JSON, readable with the database's own tools, and tolerant of added properties.</summary>
internal static class ClassOverridesJson
{
    /// <summary>The one way in which both engines write and read them.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static string Write(ClassOverrides overrides) => JsonSerializer.Serialize(overrides, Options);

    public static ClassOverrides Read(string document) => JsonSerializer.Deserialize<ClassOverrides>(document, Options) ?? new ClassOverrides();
}
