using System.Text.Json;
using Orleans.Storage;
using OrleansJobs.Engine.Classes;

namespace OrleansJobs.Grains.Classes;

/// <summary>Stores grain state as plain JSON without type names: readable with psql, and tolerant of added properties.</summary>
internal sealed class JsonGrainStateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, ClassOverridesJson.Options));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, ClassOverridesJson.Options)!;
}
