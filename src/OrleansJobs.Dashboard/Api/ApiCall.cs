using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Audit;

namespace OrleansJobs.Dashboard.Api;

/// <summary>One call to the API: what was asked, and the grid to ask.</summary>
internal sealed class ApiCall(HttpContext http)
{
    public HttpContext Http { get; } = http;

    public IJobClient Jobs { get; } = http.RequestServices.GetRequiredService<IJobClient>();

    public IGridMonitor Monitor => Http.RequestServices.GetRequiredService<IGridMonitor>();

    public JobView View { get; } = http.RequestServices.GetRequiredService<JobView>();

    public QueryReader Query { get; } = new(http.Request.Query);

    /// <summary>Who calls. A route without a policy has nobody.</summary>
    public Caller Caller => Caller.Of(Http.User) ?? throw HttpFault.Unauthenticated();

    /// <summary>What the audit trail is told beside the path.</summary>
    public AuditNote Note { get; } = new();

    public CancellationToken Aborted => Http.RequestAborted;

    public string JobClass => (string)Http.GetRouteValue("class")!;

    public JobId JobId => Http.GetRouteValue("id") is string text && JobId.TryParse(text, null, out var id)
        ? id
        : throw new InvalidRequestException($"'{Http.GetRouteValue("id")}' is not a job id (a UUID).");

    public DateTimeOffset Now => Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Answers with a job as the caller may see it.</summary>
    public IResult Show(JobSnapshot job) => Answers.Json(View.Of(job, Caller));

    /// <summary>Runs a call that may wait. It ends when the host stops, so that nobody who waits holds up the stop.</summary>
    public async Task<T> WaitAsync<T>(Func<CancellationToken, Task<T>> wait)
    {
        var stopping = Http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Aborted, stopping);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw HttpFault.Stopping();
        }
    }
}
