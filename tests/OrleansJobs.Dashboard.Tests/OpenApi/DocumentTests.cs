using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using OrleansJobs.Dashboard.OpenApi;
using OrleansJobs.Dashboard.Tests.Support;

namespace OrleansJobs.Dashboard.Tests.OpenApi;

/// <summary>The document says what the API does, no more and no less.</summary>
public sealed class DocumentTests : ApiTest
{
    private const string Path = "/api/openapi/v1.json";

    [Fact]
    public async Task Document_IsValid()
    {
        var read = OpenApiDocument.Parse(
            await Http.GetStringAsync(Path), OpenApiConstants.Json, new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public async Task Document_AtTheRoot_IsTheSame() => Assert.Equal(await Http.GetStringAsync(Path), await Http.GetStringAsync("/openapi/v1.json"));

    [Fact]
    public async Task Operations_AreTheRoutesThatAreMapped()
    {
        var mapped = Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != "/openapi/v1.json")
            .SelectMany(endpoint => MethodsOf(endpoint).Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));

        Assert.Equal(mapped.Order(), (await OperationsAsync()).Keys.Order());
    }

    [Fact]
    public async Task Operations_AreThoseOfTheDocumentation()
    {
        var operations = await OperationsAsync();

        Assert.Equal(HttpApiPage.Routes.Keys.Order(), operations.Keys.Order());
        Assert.All(HttpApiPage.Routes, route => Assert.Equal(route.Value.Order(), NamesOf(operations[route.Key], "query").Order()));
    }

    [Fact]
    public async Task Problems_AreThoseOfTheDocumentation()
    {
        Assert.Equal(HttpApiPage.Problems.OrderBy(one => one.Key), ApiProblems.All.ToDictionary(one => one.Key, one => one.Value.Status).OrderBy(one => one.Key));

        var text = await Http.GetStringAsync(Path);
        Assert.All(HttpApiPage.Problems.Keys, code => Assert.Contains($"`{code}`", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryPart_IsDescribed()
    {
        foreach (var (route, operation) in await OperationsAsync())
        {
            Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), route);
            Assert.False(string.IsNullOrEmpty((string?)operation["operationId"]), route);
            Assert.All(operation["parameters"]?.AsArray() ?? [], parameter => Assert.False(string.IsNullOrEmpty((string?)parameter!["description"]), $"{route} {parameter}"));
            Assert.All(operation["responses"]!.AsObject(), answer => Assert.False(string.IsNullOrEmpty((string?)answer.Value!["description"]), $"{route} {answer.Key}"));
        }
    }

    [Fact]
    public async Task Properties_OfAJobToSubmit_AreAllDescribed()
    {
        var document = JsonNode.Parse(await Http.GetStringAsync(Path))!;
        var properties = document["components"]!["schemas"]!["SubmitRequest"]!["properties"]!.AsObject();

        Assert.Equal(
            ["class", "contentType", "cost", "delay", "dueAt", "id", "maxAttempts", "payload", "payloadBase64", "priority", "tags", "tenant", "timeout", "uniqueKey"],
            properties.Select(property => property.Key).Order());
        Assert.All(properties, property => Assert.False(string.IsNullOrEmpty((string?)property.Value!["description"]), property.Key));
        Assert.Contains("1h30m", (string?)properties["delay"]!["description"], StringComparison.Ordinal);
        Assert.Equal("uuid", (string?)properties["id"]!["format"]);
        Assert.Contains("Either this or `payloadBase64`", (string?)properties["payload"]!["description"], StringComparison.Ordinal);
        Assert.Equal("From 0 to 9, the highest first.", (string?)document["components"]!["schemas"]!["JobSnapshot"]!["properties"]!["priority"]!["description"]);
    }

    [Fact]
    public async Task EveryOperation_SaysWhoMayCallIt()
    {
        var operations = await OperationsAsync();

        Assert.Contains("role admin", (string?)operations["PATCH /api/classes/{class}"]["description"], StringComparison.Ordinal);
        Assert.Contains("role operator", (string?)operations["GET /api/audit"]["description"], StringComparison.Ordinal);
        Assert.Equal(2, operations["POST /api/jobs"]["security"]!.AsArray().Count);
        Assert.Empty(operations["POST /api/signin"]["security"]!.AsArray());
        Assert.Equal("/", (string?)JsonNode.Parse(await Http.GetStringAsync(Path))!["servers"]![0]!["url"]);
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<ApiOperation>() is { } operation ? [operation.Method] : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];

    private static IEnumerable<string> NamesOf(JsonNode operation, string place) =>
        (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string?)parameter!["in"] == place).Select(parameter => (string)parameter!["name"]!);

    private async Task<Dictionary<string, JsonNode>> OperationsAsync()
    {
        var paths = JsonNode.Parse(await Http.GetStringAsync(Path))!["paths"]!.AsObject();
        return paths.SelectMany(path => path.Value!.AsObject().Select(operation => (Route: $"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value)))
            .ToDictionary(operation => operation.Route, operation => operation.Value!);
    }
}
