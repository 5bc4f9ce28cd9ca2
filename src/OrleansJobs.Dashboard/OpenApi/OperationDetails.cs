using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Adds to an operation of the document what descriptions of endpoints have no place for.</summary>
internal static class OperationDetails
{
    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var known = metadata.OfType<ApiOperation>().Single();
        var role = EndpointAccess.RoleOf(metadata);
        operation.Description = string.Join(" ", new[] { known.Text, role is null ? "Open to everybody." : $"Needs the role {role}." }.OfType<string>());
        operation.Security = role is null ? [] : [Requirement(DocumentDetails.KeyScheme, context), Requirement(DocumentDetails.SignInScheme, context)];
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            AddTo(parameter, known);
        }

        if (operation.Responses?.TryGetValue("201", out var created) == true)
        {
            AddLocation((OpenApiResponse)created);
        }

        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiOperationTransformerContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    private static void AddTo(OpenApiParameter parameter, ApiOperation operation)
    {
        var known = operation.Query.FirstOrDefault(key => parameter.In == ParameterLocation.Query && key.Name == parameter.Name)
            ?? ApiDescriptions.PathParts[parameter.Name!];
        parameter.Description = known.Text;
        if (parameter.Schema is OpenApiSchema schema)
        {
            schema.Minimum = known.Min?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            schema.Maximum = known.Max?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            schema.Default = known.Default is { } value ? JsonValue.Create(value) : null;
        }
    }

    private static void AddLocation(OpenApiResponse created) =>
        created.Headers = new Dictionary<string, IOpenApiHeader>
        {
            ["Location"] = new OpenApiHeader { Description = "Where the job is.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
}
