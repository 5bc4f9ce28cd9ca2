using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Diagnostics;
using OrleansJobs.Workers.Logging;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Execution;

/// <summary>Calls handlers: payload, service scope, middleware, handler, result. Whatever these throw becomes the end of the attempt.</summary>
internal sealed partial class HandlerRunner(
    JobGridSetup setup,
    IServiceScopeFactory scopes,
    JobSerializer serializer,
    IJobPort port,
    WorkerOptions options,
    TimeProvider time,
    JobLog log,
    ILoggerFactory loggers)
{
    private readonly IReadOnlyList<Func<IServiceProvider, IJobMiddleware>> _middleware = [.. setup.Middleware];

    /// <summary>Runs the handler of an attempt; to be called on the thread pool. Does not throw.</summary>
    public async ValueTask<HandlerEnd> RunAsync(RegisteredClass jobClass, JobRecord job, RunningAttempt attempt, AttemptWatch watch)
    {
        try
        {
            return jobClass.TryReadPayload(serializer, job.Payload, out var payload) is { } fault
                ? HandlerEnd.Hopeless(new JobError(JobError.InvalidPayload, fault).Cut(), attempt.Cause)
                : await RunInScopeAsync(jobClass, job, payload!, attempt, watch);
        }
        catch (Exception exception)
        {
            return HandlerEnd.Threw(exception, attempt.Cause);
        }
    }

    private async ValueTask<HandlerEnd> RunInScopeAsync(
        RegisteredClass jobClass, JobRecord job, object payload, RunningAttempt attempt, AttemptWatch watch)
    {
        var logger = loggers.CreateContained(jobClass.LogCategory);
        using var logScope = logger.BeginScope(JobScope.Of(job));
        using var reporter = new ProgressReporter(port, attempt, options.ReportPeriod, time, logger);
        var scope = scopes.CreateAsyncScope();
        var context = new AttemptContext(job, payload, attempt, watch, reporter, serializer, scope.ServiceProvider, logger, log, time);
        try
        {
            var result = await InvokeAsync(jobClass.Invoker, 0, context, scope.ServiceProvider);
            return Results.EndOf(result, serializer, attempt.Cause);
        }
        finally
        {
            context.EndLog();
            await DisposeAsync(scope, job, logger);
        }
    }

    /// <summary>By now the work is done, or not: a service that fails as it is disposed of changes nothing about that.</summary>
    private static async ValueTask DisposeAsync(AsyncServiceScope scope, JobRecord job, ILogger logger)
    {
        try
        {
            await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            LogNotDisposed(logger, LoggedError.Of(exception), job.Id, job.JobClass);
        }
    }

    private async Task<JobResult> InvokeAsync(JobInvoker invoker, int index, JobContext context, IServiceProvider services)
    {
        var isHandler = index == _middleware.Count;
        var answer = isHandler ? invoker.InvokeAsync(services, context) : InvokeMiddlewareAsync(invoker, index, context, services);
        var who = isHandler ? "handler" : "middleware";
        return await (answer ?? throw new InvalidOperationException($"The {who} returned null instead of a task."))
            ?? throw new InvalidOperationException($"The {who} returned null instead of a JobResult.");
    }

    private Task<JobResult>? InvokeMiddlewareAsync(JobInvoker invoker, int index, JobContext context, IServiceProvider services) =>
        _middleware[index](services).InvokeAsync(context, inner => InvokeAsync(invoker, index + 1, inner, services));

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Services of the attempt of job {JobId} ({JobClass}) failed as they were disposed of; the attempt ends as its handler said.")]
    private static partial void LogNotDisposed(ILogger logger, Exception? exception, JobId jobId, string jobClass);
}
