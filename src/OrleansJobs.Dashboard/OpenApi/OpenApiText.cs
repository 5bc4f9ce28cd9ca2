using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>
/// The document of the API. It is made by services of its own, so that neither the documents nor the JSON of the application around it are
/// touched; once, when it is first asked for.
/// </summary>
internal sealed class OpenApiText(IHostEnvironment environment, EndpointDataSource endpoints)
{
    private const string Name = "v1";

    private readonly Lazy<Task<string>> _text = new(() => MakeAsync(environment, endpoints));

    /// <summary>The document, as JSON.</summary>
    /// <param name="server">The path below which the application is, as callers have it; empty when it is at the root.</param>
    public async Task<string> GetAsync(string server) => (await _text.Value).Replace(
        $"\"{DocumentDetails.ServerPlaceholder}\"", JsonSerializer.Serialize(server.Length == 0 ? "/" : server), StringComparison.Ordinal);

    private static async Task<string> MakeAsync(IHostEnvironment environment, EndpointDataSource endpoints)
    {
        var own = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null)
            .DistinctBy(endpoint => endpoint.Metadata.GetRequiredMetadata<ApiOperation>().Id);
        var services = new ServiceCollection();
        services.AddSingleton(environment);
        services.AddSingleton<IApiDescriptionGroupCollectionProvider>(new ApiDescriptions(own));
        services.AddLogging();
        services.Configure<JsonOptions>(json => Copy(JobsHttpJson.Options, json.SerializerOptions));
        services.AddOpenApi(Name, options =>
        {
            options.CreateSchemaReferenceId = type => SchemaDetails.IsSimple(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddSchemaTransformer(SchemaDetails.AddAsync);
            options.AddOperationTransformer(OperationDetails.AddAsync);
            options.AddDocumentTransformer(DocumentDetails.AddAsync);
        });
        await using var provider = services.BuildServiceProvider();
        var document = await provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name).GetOpenApiDocumentAsync();

        // What generates clients reads 3.0 everywhere, and 3.1 here and there.
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0);
    }

    private static void Copy(JsonSerializerOptions from, JsonSerializerOptions to)
    {
        to.PropertyNamingPolicy = from.PropertyNamingPolicy;
        to.DefaultIgnoreCondition = from.DefaultIgnoreCondition;
        to.NumberHandling = from.NumberHandling;
        to.TypeInfoResolver = from.TypeInfoResolver;
        foreach (var converter in from.Converters)
        {
            to.Converters.Add(converter);
        }
    }
}
