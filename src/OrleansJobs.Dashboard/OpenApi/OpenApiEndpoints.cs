using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>Serves the document of the API. It holds nothing of the grid, and is open to everybody.</summary>
internal static class OpenApiEndpoints
{
    /// <summary>Where it is below the API.</summary>
    public const string Path = "/openapi/v1.json";

    public static void Map(ApiRoutes routes) => routes.OpenGet(Path, ShowAsync);

    public static async Task<IResult> ShowAsync(ApiCall call) => TypedResults.Text(
        await call.Http.RequestServices.GetRequiredService<OpenApiText>().GetAsync(call.Http.Request.PathBase.ToUriComponent()), JobSerializer.Json);
}
