using System.Reflection;
using Microsoft.Extensions.Logging;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Registration;

namespace OrleansJobs.Workers.Redaction;

/// <summary>
/// Redacts jobs by the types that their classes are registered with, or by the class's own <see cref="IClassRedactor"/>. Jobs of a class
/// that this process does not know are hidden.
/// </summary>
internal sealed partial class SensitiveRedactor : IJobRedactor
{
    /// <summary>Errors whose messages the grid begins itself, with nothing that is in a job.</summary>
    private static readonly HashSet<string> OwnErrors = new(StringComparer.Ordinal)
    {
        JobError.Timeout, JobError.HeartbeatTimeout, JobError.SiloLost, JobError.ResultTooLarge,
    };

    private readonly TypeShapes _shapes;
    private readonly JsonRedaction _json;
    private readonly Dictionary<string, (Type Payload, Type? Result)> _classes;
    private readonly Dictionary<string, IClassRedactor> _redactors;
    private readonly ILogger _log;

    public SensitiveRedactor(
        JobClassRegistry registry, JobGridSetup setup, IEnumerable<IClassRedactor> redactors, ILogger<SensitiveRedactor> log)
    {
        _shapes = new TypeShapes(setup.Json);
        _json = new JsonRedaction(_shapes);
        _classes = registry.All.ToDictionary(
            one => one.Name, one => (one.PayloadType, one.HandlerType.GetCustomAttribute<ResultTypeAttribute>()?.Type), StringComparer.Ordinal);
        _redactors = redactors.GroupBy(one => one.JobClass, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last(), StringComparer.Ordinal);
        _log = log.Contained();
    }

    public bool Hides(string jobClass) =>
        _redactors.ContainsKey(jobClass)
        || !_classes.TryGetValue(jobClass, out var types)
        || _shapes.HasSensitive(types.Payload)
        || (types.Result is { } result && _shapes.HasSensitive(result));

    public JobSnapshot Redact(JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (_redactors.TryGetValue(job.JobClass, out var redactor))
        {
            return ByItsOwn(redactor, job);
        }

        if (!Hides(job.JobClass))
        {
            return job;
        }

        return _classes.TryGetValue(job.JobClass, out var types) && job.ContentType.StartsWith(JobSerializer.Json, StringComparison.OrdinalIgnoreCase)
            ? HideMessages(job) with
            {
                Payload = job.Payload.IsEmpty ? job.Payload : _json.Redact(job.Payload, types.Payload),
                Result = RedactResult(job.Result, types.Result),
            }
            : HideAll(job);
    }

    private ReadOnlyMemory<byte>? RedactResult(ReadOnlyMemory<byte>? result, Type? type) =>
        result is null || type is null ? HideResult(result) : _json.Redact(result.Value, type);

    private JobSnapshot ByItsOwn(IClassRedactor redactor, JobSnapshot job)
    {
        try
        {
            return redactor.Redact(job);
        }
        catch (Exception error)
        {
            RedactorFailed(job.JobClass, error);
            return HideAll(job);
        }
    }

    private static JobSnapshot HideAll(JobSnapshot job) => HideMessages(job) with
    {
        ContentType = JobSerializer.Json,
        Payload = job.Payload.IsEmpty ? job.Payload : JsonRedaction.Hidden,
        Result = HideResult(job.Result),
    };

    private static ReadOnlyMemory<byte>? HideResult(ReadOnlyMemory<byte>? result) => result is null ? result : JsonRedaction.Hidden;

    /// <summary>A handler may put anything into its messages, and it has seen the payload. What frames of a stack say is code alone.</summary>
    private static JobSnapshot HideMessages(JobSnapshot job) => job with
    {
        LastError = Hide(job.LastError),
        Attempts = [.. job.Attempts.Select(attempt => attempt with { Error = Hide(attempt.Error) })],
        Progress = job.Progress is { Message: not null } progress ? progress with { Message = Redacted.Text } : job.Progress,
    };

    private static JobError? Hide(JobError? error) =>
        error is null ? null : error with { Message = OwnErrors.Contains(error.Type) ? OwnWords(error.Message) : Redacted.Text };

    /// <summary>Behind its own words the grid tells what a handler threw once it was late.</summary>
    private static string OwnWords(string message)
    {
        var then = message.IndexOf(Outcomes.Then, StringComparison.Ordinal);
        return then < 0 ? message : string.Concat(message.AsSpan(0, then), Outcomes.Then, Redacted.Text);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The redactor of {JobClass} failed; the whole job is hidden.")]
    private partial void RedactorFailed(string jobClass, Exception error);
}
