using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Access;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Audit;

/// <summary>Writes down what callers do, and who was refused: into the log first, then into the trail.</summary>
internal sealed partial class Auditor(
    AuditTrailChoice trails, AuditPace pace, TimeProvider time, IOptions<OrleansJobsAccessOptions> access, ILogger<Auditor> log)
{
    /// <summary>Characters of a silo's name that are kept; the caller may have put anything into the path.</summary>
    private const int MaxSiloLength = 200;

    /// <summary>What the pace of refused reads is counted under.</summary>
    private const string ReadKind = "read";

    /// <summary>Writes down an act that has ended.</summary>
    /// <param name="http">The call.</param>
    /// <param name="caller">Who made it.</param>
    /// <param name="verb">What it was.</param>
    /// <param name="note">What its handler knew of it.</param>
    /// <param name="error">Why it was not done; null if it was.</param>
    public async Task WriteAsync(HttpContext http, Caller caller, string verb, AuditNote note, Exception? error)
    {
        if (verb == AuditVerb.Submit && !access.Value.AuditSubmits)
        {
            return;
        }

        await KeepAsync(new AuditEntry
        {
            At = time.GetUtcNow(),
            Who = caller.Name,
            Role = caller.RoleName,
            From = http.From()?.ToString(),
            Verb = note.Verb ?? verb,
            JobClass = Cut(note.JobClass ?? http.GetRouteValue("class") as string, JobLimits.MaxJobClassLength),
            JobId = note.JobId ?? (JobId.TryParse(http.GetRouteValue("id") as string, null, out var id) ? id : null),
            Silo = Cut(http.GetRouteValue("silo") as string, MaxSiloLength),
            Filter = Cut(note.Filter),
            Jobs = note.Jobs,
            Reason = Cut(note.Reason, JobLimits.MaxReasonLength),
            Before = note.Before,
            After = note.After,
            Outcome = OutcomeOf(error),
            Error = error is null ? null : ApiErrors.Describe(error).Code,
        });
    }

    /// <summary>Writes down a call that was refused for who made it. One that would have changed nothing is in the log alone.</summary>
    /// <param name="http">The call.</param>
    /// <param name="caller">Who made it; null if nobody knows.</param>
    /// <param name="fault">Why it was refused.</param>
    public async Task RefuseAsync(HttpContext http, Caller? caller, HttpFault fault)
    {
        if (caller is not null && http.GetEndpoint()?.Metadata.GetMetadata<AuditedAct>() is { } act)
        {
            await WriteAsync(http, caller, act.Verb, new AuditNote(), fault);
        }
        else if (pace.Take((ReadKind, caller?.Account ?? AuditAccess.Stranger), out _))
        {
            Refused(http.Request.Method, OneLine.Of(http.Request.Path), caller?.Name ?? AuditAccess.Stranger, caller?.RoleName ?? AuditAccess.Stranger, http.From()?.ToString(), fault.Code);
        }
    }

    /// <summary>Writes down that a key was not let in.</summary>
    /// <param name="http">The call.</param>
    /// <param name="verb">What it was shown for.</param>
    /// <param name="name">The name that it bears, if there is a key of that name.</param>
    /// <param name="fault">Why.</param>
    public Task RefuseKeyAsync(HttpContext http, string verb, string? name, HttpFault fault) => KeepAsync(new AuditEntry
    {
        At = time.GetUtcNow(),
        Who = name ?? AuditAccess.Stranger,
        Role = AuditAccess.Stranger,
        From = http.From()?.ToString(),
        Verb = verb,
        Outcome = AuditOutcome.Refused,
        Error = fault.Code,
    });

    /// <summary>Writes an entry down. That it cannot be kept is no reason to tell anybody that the act has not been done: it has.</summary>
    public async Task KeepAsync(AuditEntry entry)
    {
        if (AuditAccess.IsOfAccess(entry))
        {
            if (!pace.Take(AuditAccess.PaceOf(entry), out var leftOut))
            {
                return;
            }

            entry = leftOut == 0 ? entry : entry with { Reason = $"{leftOut} more like this were left out before." };
        }

        Acted(entry.Who, entry.Role, entry.From, entry.Verb, OneLine.Of(entry.JobClass), entry.JobId?.ToString() ?? "-", entry.Outcome, entry.Error ?? "-");
        try
        {
            // Not the caller's token: whoever hangs up must not leave an act without a trace.
            await trails.Trail.AppendAsync(entry, CancellationToken.None);
        }
        catch (Exception error)
        {
            NotKept(entry.Verb, entry.Who, error);
        }
    }

    /// <summary>Only an error that the grid tells by name is a refusal; one that it does not answer may have been done all the same.</summary>
    private static AuditOutcome OutcomeOf(Exception? error) => error switch
    {
        null => AuditOutcome.Done,
        GridUnavailableException => AuditOutcome.Failed,
        JobsException or HttpFault or BadHttpRequestException => AuditOutcome.Refused,
        _ => AuditOutcome.Failed,
    };

    /// <summary>The filter may be what a caller wrote before anybody looked at it.</summary>
    private static JobFilter? Cut(JobFilter? filter) => filter is null ? null : filter with
    {
        JobClass = Cut(filter.JobClass, JobLimits.MaxJobClassLength),
        Tenant = Cut(filter.Tenant, JobLimits.MaxTenantLength),
        Tag = Cut(filter.Tag, JobLimits.MaxTagLength),
        UniqueKey = Cut(filter.UniqueKey, JobLimits.MaxUniqueKeyLength),
        ErrorText = Cut(filter.ErrorText, JobLimits.MaxErrorTextLength),
    };

    private static string? Cut(string? text, int length) => text?.Length > length ? string.Concat(text.AsSpan(0, length - 1), "…") : text;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} ({Role}) from {From}: {Verb}, class {JobClass}, job {JobId}: {Outcome}, error {Error}.")]
    private partial void Acted(
        string who, string role, string? from, string verb, string jobClass, string jobId, AuditOutcome outcome, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused {Method} {Path} of {Who} ({Role}) from {From}: {Code}.")]
    private partial void Refused(string method, string path, string who, string role, string? from, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail does not take that {Who} did {Verb}.")]
    private partial void NotKept(string verb, string who, Exception error);
}
