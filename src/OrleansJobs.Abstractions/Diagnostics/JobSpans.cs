using System.Diagnostics;

namespace OrleansJobs.Diagnostics;

/// <summary>Makes the spans of one job, all with the same names and attributes whoever makes them.</summary>
internal static class JobSpans
{
    /// <summary>The context that a trace parent names; null if there is none.</summary>
    public static ActivityContext? ContextOf(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : null;

    /// <summary>
    /// Starts the span of an attempt: a child of the submitter's, linked to the attempt before. Without a submitter it is the root of a trace of
    /// its own, whatever flow it is made in. Null if nobody wants it.
    /// </summary>
    public static Activity? StartAttempt(
        JobId id, string jobClass, int attempt, string tenant, ActivityContext? submitter, ActivityContext? before, DateTimeOffset at)
    {
        if (submitter is null)
        {
            Activity.Current = null;
        }

        ActivityLink[]? links = before is { } previous
            ? [new ActivityLink(previous, new ActivityTagsCollection { { JobsTags.Attempt, attempt - 1 } })]
            : null;
        var activity = ForeignCode.Begin((id, jobClass, submitter, links, at), static one => JobsTelemetry.Source.StartActivity(
            $"process {one.jobClass}", ActivityKind.Consumer, one.submitter ?? default, Tags("process", "process", one.id, one.jobClass), one.links, one.at));
        activity?.SetTag(JobsTags.Attempt, attempt);
        if (tenant.Length > 0)
        {
            activity?.SetTag(JobsTags.Tenant, tenant);
        }

        return activity;
    }

    /// <summary>Writes a span that is over already.</summary>
    public static void Write(
        string operation, string type, ActivityKind kind, JobId id, string jobClass, ActivityContext parent, DateTimeOffset from, DateTimeOffset to,
        string? error = null)
    {
        var activity = ForeignCode.Begin(
            (Name: $"{operation} {jobClass}", kind, parent, Tags: Tags(operation, type, id, jobClass), from),
            static one => JobsTelemetry.Source.StartActivity(one.Name, one.kind, one.parent, one.Tags, null, one.from));
        if (activity is not null && error is not null)
        {
            activity.SetTag(JobsTags.ErrorType, error).SetStatus(ActivityStatusCode.Error);
        }

        ForeignCode.End(activity?.SetEndTime(to.UtcDateTime));
    }

    /// <summary>Writes the wait before an attempt, with what held it back if something did.</summary>
    public static void WriteWait(JobId id, string jobClass, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, WaitReason waitedFor)
    {
        var tags = Tags("wait", null, id, jobClass);
        if (waitedFor != WaitReason.None)
        {
            tags.Add(JobsTags.WaitedFor, Word.Of(waitedFor));
        }

        var activity = ForeignCode.Begin(
            (Name: $"wait {jobClass}", parent, tags, from),
            static one => JobsTelemetry.Source.StartActivity(one.Name, ActivityKind.Internal, one.parent, one.tags, null, one.from));
        ForeignCode.End(activity?.SetEndTime(to.UtcDateTime));
    }

    private static ActivityTagsCollection Tags(string operation, string? type, JobId id, string jobClass)
    {
        var tags = new ActivityTagsCollection
        {
            { JobsTags.System, JobsTags.SystemName },
            { JobsTags.Operation, operation },
            { JobsTags.JobClass, jobClass },
            { JobsTags.JobId, id.ToString() },
        };
        if (type is not null)
        {
            tags.Add(JobsTags.OperationType, type);
        }

        return tags;
    }
}
