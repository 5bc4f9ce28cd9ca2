using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>The API's endpoints in the form in which ASP.NET makes a document of them.</summary>
internal sealed class ApiDescriptions(IEnumerable<RouteEndpoint> endpoints) : IApiDescriptionGroupCollectionProvider
{
    private static readonly EmptyModelMetadataProvider Metadata = new();

    /// <summary>What the parts of paths mean.</summary>
    public static IReadOnlyDictionary<string, ApiParameter> PathParts { get; } = new Dictionary<string, ApiParameter>(StringComparer.Ordinal)
    {
        ["id"] = new("id", typeof(JobId), "The job's id."),
        ["class"] = ApiParameter.Of("class", "The class's name."),
        ["silo"] = ApiParameter.Of("silo", "The silo's name, as the list of silos has it."),
        ["run"] = new("run", typeof(Guid), "The id of an act on many jobs."),
    };

    public ApiDescriptionGroupCollection ApiDescriptionGroups { get; } = new([new ApiDescriptionGroup(null, [.. endpoints.Select(Describe)])], version: 1);

    private static ApiDescription Describe(RouteEndpoint endpoint)
    {
        var operation = endpoint.Metadata.GetRequiredMetadata<ApiOperation>();
        var description = new ApiDescription
        {
            HttpMethod = operation.Method,
            RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'),
            ActionDescriptor = new ActionDescriptor
            {
                AttributeRouteInfo = new AttributeRouteInfo { Name = operation.Id },
                EndpointMetadata = [.. endpoint.Metadata, new TagsAttribute(operation.Tag), new EndpointSummaryAttribute(operation.Summary)],
            },
        };
        foreach (var part in endpoint.RoutePattern.Parameters)
        {
            description.ParameterDescriptions.Add(Parameter(PathParts[part.Name], BindingSource.Path));
        }

        foreach (var key in operation.Query)
        {
            description.ParameterDescriptions.Add(Parameter(key, BindingSource.Query));
        }

        AddBody(description, operation.Body);
        AddAnswers(description, operation, endpoint.IsOpen());
        return description;
    }

    private static ApiParameterDescription Parameter(ApiParameter parameter, BindingSource source) => new()
    {
        Name = parameter.Name,
        Source = source,
        Type = parameter.Type,
        ModelMetadata = Metadata.GetMetadataForType(parameter.Type),
    };

    private static void AddBody(ApiDescription description, ApiBody? body)
    {
        if (body is null)
        {
            return;
        }

        description.ParameterDescriptions.Add(Parameter(new ApiParameter("body", body.Type, ""), BindingSource.Body));
        description.ParameterDescriptions[^1].IsRequired = !body.IsOptional;
        foreach (var type in body.MediaTypes)
        {
            description.SupportedRequestFormats.Add(new ApiRequestFormat { MediaType = type });
        }
    }

    private static void AddAnswers(ApiDescription description, ApiOperation operation, bool isOpen)
    {
        foreach (var answer in operation.Answers)
        {
            description.SupportedResponseTypes.Add(Answer(answer.Status, answer.Text, answer.Type, answer.MediaType));
        }

        foreach (var status in ApiProblems.Of(operation, isOpen).GroupBy(code => ApiProblems.All[code].Status).Where(status => operation.Answers.All(answer => answer.Status != status.Key)))
        {
            var text = string.Join(" ", status.Select(code => $"`{code}`: {ApiProblems.All[code].Text}."));
            description.SupportedResponseTypes.Add(Answer(status.Key, text, typeof(ApiProblem), ApiProblem.ContentType));
        }
    }

    private static ApiResponseType Answer(int status, string text, Type? type, string mediaType) => new()
    {
        StatusCode = status,
        Description = text,
        Type = type,
        ApiResponseFormats = type is null ? [] : [new ApiResponseFormat { MediaType = mediaType }],
    };
}
