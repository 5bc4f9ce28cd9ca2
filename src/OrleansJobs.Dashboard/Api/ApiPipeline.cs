using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OrleansJobs.Dashboard.Api;

/// <summary>What every call goes through: checks, the handler, and the telling of errors.</summary>
internal static partial class ApiPipeline
{
    /// <param name="http">The call.</param>
    /// <param name="queryKeys">The query keys that it may have; null to let all pass.</param>
    /// <param name="handler">What answers it.</param>
    public static async Task RunAsync(HttpContext http, string[]? queryKeys, ApiHandler handler)
    {
        try
        {
            RequireSameOrigin(http.Request);
            QueryReader.RequireOnly(http.Request.Query, queryKeys);
            var result = await handler(new ApiCall(http));
            await result.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            LogUnexpected(http, error);
            await ApiErrors.WriteAsync(http, error);
        }
    }

    /// <summary>Keeps web pages of other origins from changing a grid that listens on the visitor's own machine.</summary>
    private static void RequireSameOrigin(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || request.Headers.Origin is not [{ Length: > 0 } origin])
        {
            return;
        }

        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Authority != request.Host.Value)
        {
            throw HttpFault.CrossOrigin(origin);
        }
    }

    private static void LogUnexpected(HttpContext http, Exception error)
    {
        if (error is not (JobsException or HttpFault or BadHttpRequestException))
        {
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiPipeline));
            CallFailed(log, http.Request.Method, http.Request.Path, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void CallFailed(ILogger log, string method, string path, Exception error);
}
