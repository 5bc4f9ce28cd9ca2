using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace OrleansJobs.Http;

/// <summary>Reads the JSON of a request, and says what is wrong with it in words that name the property.</summary>
public static class StrictJson
{
    /// <summary>Characters of a value that are shown.</summary>
    private const int MaxShownLength = 60;

    /// <summary>Faults of one object that are told. Each may be a sentence of hundreds of characters, and a body has room for a hundred thousand.</summary>
    private const int MaxFaults = 5;

    private const string More = "There is more that is wrong.";

    /// <summary>Reads an object.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <exception cref="InvalidRequestException">It is no such object; the text says why.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8) where T : class
    {
        RequireUtf8(utf8.Span);
        try
        {
            return JsonSerializer.Deserialize<T>(utf8.Span, JobsHttpJson.Strict) ?? throw NotAnObject(JsonValueKind.Null);
        }
        catch (JsonException error)
        {
            using var document = Parse(utf8);
            throw new InvalidRequestException(Tell(FaultsOf<T>(document.RootElement), error));
        }
    }

    /// <summary>No more is looked for than is told.</summary>
    private static string Tell(IEnumerable<string> faults, JsonException error)
    {
        string[] found = [.. faults.Take(MaxFaults + 1)];
        return string.Join(' ', found.Length > MaxFaults ? [.. found.Take(MaxFaults), More] : found.DefaultIfEmpty(Shorten(error.Message)));
    }

    /// <summary>Reads any JSON value.</summary>
    /// <exception cref="InvalidRequestException">It is not JSON; the text says where.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        RequireUtf8(utf8.Span);
        try
        {
            return JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = JobsHttpJson.Strict.MaxDepth });
        }
        catch (JsonException error)
        {
            throw new InvalidRequestException($"This is not valid JSON: {Describe(error)}");
        }
    }

    /// <summary>Reads an array element by element, as parts of its bytes: nothing is copied, and nothing is kept of one that is refused.</summary>
    /// <param name="utf8">The JSON.</param>
    /// <param name="take">Is given the JSON of each element. It may be called before the array turns out not to be valid.</param>
    /// <returns>Whether it is an array.</returns>
    /// <exception cref="InvalidRequestException">It is not JSON; the text says where.</exception>
    public static bool ReadArray(ReadOnlyMemory<byte> utf8, Action<ReadOnlyMemory<byte>> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        RequireUtf8(utf8.Span);
        try
        {
            return TakeElements(utf8, take);
        }
        catch (JsonException error)
        {
            throw new InvalidRequestException($"This is not valid JSON: {Describe(error)}");
        }
    }

    private static bool TakeElements(ReadOnlyMemory<byte> utf8, Action<ReadOnlyMemory<byte>> take)
    {
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = JobsHttpJson.Strict.MaxDepth });
        reader.Read();
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        while (reader.Read() && isArray && reader.TokenType != JsonTokenType.EndArray)
        {
            var begin = (int)reader.TokenStartIndex;
            reader.Skip();
            take(utf8[begin..(int)reader.BytesConsumed]);
        }

        // To the end: what comes after the value is a fault too.
        while (reader.Read())
        {
            reader.TrySkip();
        }

        return isArray;
    }

    /// <summary>The parser's sentence with its place counted from 1, as editors do.</summary>
    private static string Describe(JsonException error)
    {
        var place = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = place < 0 ? error.Message : error.Message[..place].TrimEnd('.');
        var line = error.LineNumber > 0 ? $"line {error.LineNumber + 1}, " : "";
        return $"{sentence} (at {line}byte {error.BytePositionInLine + 1}).";
    }

    private static void RequireUtf8(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            throw new InvalidRequestException("This is not valid JSON: it is empty.");
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new InvalidRequestException("This is not valid JSON: it is not in UTF-8.");
        }
    }

    private static InvalidRequestException NotAnObject(JsonValueKind kind) =>
        new($"Expected a JSON object, not {NameOf(kind)}.");

    private static IEnumerable<string> FaultsOf<T>(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw NotAnObject(root.ValueKind);
        }

        var known = JobsHttpJson.Strict.GetTypeInfo(typeof(T)).Properties;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return root.EnumerateObject().Select(property => FaultOf(property, known, seen)).OfType<string>();
    }

    private static string? FaultOf(JsonProperty property, IList<JsonPropertyInfo> known, HashSet<string> seen)
    {
        if (NameOf(property) is not { } name)
        {
            return "The name of a property is no valid Unicode.";
        }

        if (known.FirstOrDefault(info => info.Name == name) is not { } info)
        {
            return $"Unknown property '{Shorten(name)}'; known are {string.Join(", ", known.Select(one => one.Name))}.";
        }

        if (!seen.Add(name))
        {
            return $"Property '{name}' is given twice.";
        }

        return IsReadable(property.Value, info.PropertyType)
            ? null
            : $"Property '{name}' is {Shorten(property.Value.GetRawText())}; expected {ExpectedText.For(info.PropertyType)}.";
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsReadable(JsonElement value, Type type)
    {
        try
        {
            _ = value.Deserialize(type, JobsHttpJson.Strict);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Shorten(string text) =>
        text.Length <= MaxShownLength ? text : string.Concat(text.AsSpan(0, MaxShownLength - 1), "…");

    private static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
