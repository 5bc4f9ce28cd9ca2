using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Says of the types that the API writes in a way of its own what they look like.</summary>
internal static class SchemaDetails
{
    private const string DurationText = "A duration: written as `[d.]hh:mm:ss[.fffffff]`, read also as `250ms`, `1h30m` or `PT10S`.";
    private const string RateText = "Starts in a period; 0 permits mean no limit. A text such as `50/s` is read too.";
    private const string PayloadText = "Any JSON value.";

    /// <summary>Whether a type is written as one value, and so is no type of the document: a reference could say nothing of its place.</summary>
    public static bool IsSimple(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var one && (one == typeof(JobId) || one == typeof(RawJson) || one == typeof(Rate));

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        schema.Description = ReferenceText.Read(schema.Description);
        var underlying = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        var type = underlying ?? context.JsonTypeInfo.Type;
        var orNull = underlying is null ? default : JsonSchemaType.Null;
        if (type == typeof(JobId))
        {
            BeText(schema, orNull, "uuid");
        }
        else if (type == typeof(DateTimeOffset))
        {
            BeText(schema, orNull, "date-time");
        }
        else if (type == typeof(TimeSpan))
        {
            BeText(schema, orNull, null);
            schema.Description = Join(schema.Description, DurationText);
        }
        else if (type == typeof(Rate))
        {
            BeRate(schema, orNull);
        }
        else if (type == typeof(RawJson))
        {
            schema.Description = Join(schema.Description, PayloadText);
        }
        else if (type == typeof(SubmitRequest))
        {
            schema.Required = new HashSet<string> { "class" };
        }
        else if (type.IsEnum)
        {
            BeText(schema, orNull, null);
        }

        return Task.CompletedTask;
    }

    private static void BeText(OpenApiSchema schema, JsonSchemaType orNull, string? format)
    {
        schema.Type = JsonSchemaType.String | orNull;
        schema.Format = format;
        schema.Pattern = null;
    }

    private static void BeRate(OpenApiSchema schema, JsonSchemaType orNull)
    {
        schema.Type = JsonSchemaType.Object | orNull;
        schema.Description = Join(schema.Description, RateText);
        schema.Required = new HashSet<string> { "permits" };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["permits"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "Starts in the period." },
            ["period"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = $"The period; a second if not said. {DurationText}" },
            ["burst"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "Starts that an idle class may save up; a tenth of a second's permits, at least 1, if not said." },
        };
    }

    private static string Join(string? before, string text) => string.IsNullOrEmpty(before) ? text : $"{before} {text}";
}
