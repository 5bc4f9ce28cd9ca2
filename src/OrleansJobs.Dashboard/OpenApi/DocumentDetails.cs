using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OrleansJobs.Dashboard.OpenApi;

/// <summary>What the document says of the API as a whole.</summary>
internal static class DocumentDetails
{
    /// <summary>The names of the ways to say who calls.</summary>
    public const string KeyScheme = "key", SignInScheme = "signIn";

    /// <summary>Stands for the path of the application, which differs from call to call, until the document goes out.</summary>
    public const string ServerPlaceholder = "/orleansjobs-server";

    private const string Text =
        """
        The job grid over HTTP. Names are in camel case; what is null is left out; enums are their names. Times are ISO 8601 with an offset.
        A query key that a call does not have, one that is given twice, an unknown property of a body and a property that is given twice are refused.
        Every error is a problem (RFC 9457): `code` is for programs, `detail` for people. A method that a path has not is 405 `method-not-allowed`, and a path
        that the API has not is 404 `not-found`.
        """;

    public static Task AddAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "OrleansJobs", Version = "v1", Description = Text };
        document.Servers = [new OpenApiServer { Url = ServerPlaceholder }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "ojk_NAME_SECRET",
                Description = "An API key, or a token of a scheme of the host. Where no keys are configured, whoever calls through loopback needs none.",
            },
            [SignInScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = Access.SignInCookie.CookieName,
                Description = $"The cookie of a sign-in. Calls that change something also carry the token of the session in the header `{Access.PageTokens.HeaderName}`.",
            },
        };
        return Task.CompletedTask;
    }
}
