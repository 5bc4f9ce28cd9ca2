using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Api;
using OrleansJobs.Http;

namespace OrleansJobs.Dashboard.Bulk;

/// <summary>Begins, shows and stops acts on many jobs.</summary>
internal static class BulkEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/bulk", call => Task.FromResult(Answers.Json(Runs(call).All)));
        routes.Get("/bulk/{run}", call => Task.FromResult(Answers.Json(Runs(call).Get(RunOf(call)))));
        routes.Post("/bulk", AuditVerb.Bulk, BeginAsync);
        routes.Post("/bulk/{run}/stop", AuditVerb.BulkStop, async call => Answers.Json(await Runs(call).StopAsync(RunOf(call))));
    }

    private static async Task<IResult> BeginAsync(ApiCall call)
    {
        var request = await RequestBody.ReadAsync<BulkRequest>(call.Http);
        call.Note.Verb = VerbOf(request.Action);
        call.Note.Reason = request.Reason;
        call.Note.JobClass = request.Filter?.JobClass;
        Check(request);
        call.Note.Filter = request.Filter!.ToJobFilter();
        if (await call.View.SearchableAsync(call.Note.Filter, call) is not null)
        {
            throw HttpFault.HiddenErrorsOfSome();
        }

        await AskGridAsync(call, call.Note.Filter);

        var run = Runs(call).Begin(request, call.Caller, call.Http.From()?.ToString(), AnsweredAsync(call.Http));
        return Answers.Json(run, StatusCodes.Status202Accepted);
    }

    /// <summary>Has the grid say now what it would say to the run: there would be nobody to tell it to.</summary>
    private static async Task AskGridAsync(ApiCall call, JobFilter filter)
    {
        await call.Jobs.ListAsync(filter, limit: 1, cancellationToken: call.Aborted);
        if (filter.JobClass is { } jobClass && !await HasJobsAsync(call, jobClass))
        {
            await call.Jobs.GetClassAsync(jobClass, call.Aborted);
        }
    }

    /// <summary>A class that no host has any more may have jobs, which can be cancelled or given up.</summary>
    private static async Task<bool> HasJobsAsync(ApiCall call, string jobClass) =>
        await call.Jobs.ListAsync(new JobFilter { JobClass = jobClass }, limit: 1, cancellationToken: call.Aborted) is { Jobs.Count: > 0 } or { NextCursor: not null };

    /// <exception cref="InvalidRequestException">The request says too little.</exception>
    private static void Check(BulkRequest request)
    {
        if (request.Action is null)
        {
            throw new InvalidRequestException($"Property 'action' is missing; expected one of {string.Join(", ", Enum.GetNames<BulkAction>())}.");
        }

        CheckFilter(request.Filter);
        if (request.Action == BulkAction.DeadLetter && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new InvalidRequestException("Property 'reason' is missing: say why the jobs go to the dead letters.");
        }

        if (request is { Action: BulkAction.Delete, Filter.State: { } state } && !state.IsTerminal())
        {
            throw new InvalidRequestException(
                $"Property 'state' is {state}: only jobs that have ended can be deleted ({JobState.Succeeded}, {JobState.DeadLettered}, {JobState.Cancelled}).");
        }
    }

    /// <summary>Times alone do not narrow: whoever means all jobs of a time says of which class, or in which state.</summary>
    private static void CheckFilter(BulkFilter? filter)
    {
        if (filter is null || (filter with { From = null, Before = null }) == new BulkFilter())
        {
            throw new InvalidRequestException(
                "Property 'filter' is missing or empty but for times: say which jobs, by class, state, tenant, tag, uniqueKey or error.");
        }

        CheckText("class", filter.JobClass, 1, JobLimits.MaxJobClassLength);
        CheckText("tenant", filter.Tenant, 0, JobLimits.MaxTenantLength);
        CheckText("tag", filter.Tag, 1, JobLimits.MaxTagLength);
        CheckText("uniqueKey", filter.UniqueKey, 1, JobLimits.MaxUniqueKeyLength);
        CheckText("error", filter.Error, 1, JobLimits.MaxErrorTextLength);
    }

    private static void CheckText(string property, string? text, int min, int max)
    {
        if (text?.Length < min)
        {
            throw new InvalidRequestException($"Property '{property}' is empty; leave it out, or say what it has to be.");
        }

        if (text?.Length > max)
        {
            throw new InvalidRequestException($"Property '{property}' has {text.Length} characters; allowed are up to {max}.");
        }
    }

    private static Task AnsweredAsync(HttpContext http)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        http.Response.OnCompleted(() =>
        {
            answered.TrySetResult();
            return Task.CompletedTask;
        });
        return answered.Task;
    }

    private static string? VerbOf(BulkAction? action) => action switch
    {
        BulkAction.Cancel => AuditVerb.BulkCancel,
        BulkAction.Retry => AuditVerb.BulkRetry,
        BulkAction.DeadLetter => AuditVerb.BulkDeadLetter,
        BulkAction.Delete => AuditVerb.BulkDelete,
        _ => null,
    };

    private static BulkRuns Runs(ApiCall call) => call.Http.RequestServices.GetRequiredService<BulkRuns>();

    private static string? RunOf(ApiCall call) => call.Http.GetRouteValue("run") as string;
}
