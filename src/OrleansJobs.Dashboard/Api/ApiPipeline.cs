using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Audit;

namespace OrleansJobs.Dashboard.Api;

/// <summary>What every call goes through: checks, the handler, and the telling of errors.</summary>
internal static partial class ApiPipeline
{
    /// <param name="http">The call.</param>
    /// <param name="queryKeys">The query keys that it may have; null to let all pass.</param>
    /// <param name="handler">What answers it.</param>
    /// <param name="verb">What the audit trail calls it; null for a call that only reads.</param>
    public static async Task RunAsync(HttpContext http, string[]? queryKeys, ApiHandler handler, string? verb = null)
    {
        SecurityHeaders.Write(http.Response, SecurityHeaders.ApiPolicy);
        try
        {
            QueryReader.RequireOnly(http.Request.Query, queryKeys);
            var call = new ApiCall(http);
            var result = verb is null ? await handler(call) : await ActAsync(call, handler, verb);
            await result.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted)
        {
            LogHidden(http, error);
            await ApiErrors.WriteAsync(http, error);
        }
    }

    private static async Task<IResult> ActAsync(ApiCall call, ApiHandler handler, string verb)
    {
        var auditor = call.Http.RequestServices.GetRequiredService<Auditor>();
        try
        {
            var result = await handler(call);
            await auditor.WriteAsync(call.Http, call.Caller, verb, call.Note, null);
            return result;
        }
        catch (Exception error)
        {
            await auditor.WriteAsync(call.Http, call.Caller, verb, call.Note, error);
            throw;
        }
    }

    /// <summary>What callers are not told has to be somewhere. The path is the caller's: it must not make a line of its own.</summary>
    private static void LogHidden(HttpContext http, Exception error)
    {
        if (!ApiErrors.IsHidden(error))
        {
            return;
        }

        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiPipeline));
        var (who, path) = (Caller.Of(http.User)?.Name ?? "a stranger", OneLine.Of(http.Request.Path));
        if (error is JobsException)
        {
            CallUnanswered(log, http.Request.Method, path, who, error.Message);
        }
        else
        {
            CallFailed(log, http.Request.Method, path, who, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} of {Who} was not answered: {Reason}")]
    private static partial void CallUnanswered(ILogger log, string method, string path, string who, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} of {Who} failed.")]
    private static partial void CallFailed(ILogger log, string method, string path, string who, Exception error);
}
