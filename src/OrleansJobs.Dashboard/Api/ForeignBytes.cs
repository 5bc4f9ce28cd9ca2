using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OrleansJobs.Dashboard.Access;

namespace OrleansJobs.Dashboard.Api;

/// <summary>Bytes that somebody else made, with the type that they say: shown, but never run, by a browser.</summary>
internal sealed class ForeignBytes(ReadOnlyMemory<byte> bytes, string contentType) : IResult
{
    private const string UnknownType = "application/octet-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.ToString() : UnknownType;
        response.ContentLength = bytes.Length;
        SecurityHeaders.Write(response, SecurityHeaders.ForeignPolicy);
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
