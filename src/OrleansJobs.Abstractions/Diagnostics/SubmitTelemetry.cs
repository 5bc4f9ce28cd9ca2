using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansJobs.Diagnostics;

/// <summary>
/// Shows submits, in the process that submits: a <c>send</c> span whose context goes with the jobs, so that their attempts are its children,
/// and the measures of it. Every client goes through it.
/// </summary>
internal static class SubmitTelemetry
{
    private const string Send = "send";

    /// <summary>Contexts of other makers that a span names at most; those beyond are still stored with their jobs.</summary>
    private const int MaxLinks = 128;

    private static readonly Counter<long> Sent = JobsTelemetry.Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Jobs that clients tried to submit.");

    private static readonly Histogram<double> Duration = OperationTelemetry.Duration;

    /// <summary>Whether anybody listens. If nobody does, callers submit without a detour.</summary>
    public static bool IsOn => JobsTelemetry.Source.HasListeners() || Sent.Enabled || Duration.Enabled;

    /// <summary>Submits and shows it.</summary>
    /// <param name="submissions">The jobs.</param>
    /// <param name="submit">Submits them; gets them with the span's context.</param>
    /// <param name="time">The clock of the measures.</param>
    public static async Task<IReadOnlyList<SubmitOutcome>> ShowAsync(
        IReadOnlyList<JobSubmission> submissions,
        Func<IReadOnlyList<JobSubmission>, Task<IReadOnlyList<SubmitOutcome>>> submit,
        TimeProvider time)
    {
        var ambient = Activity.Current?.Id;
        var activity = Start(submissions, ambient);
        var startedAt = time.GetTimestamp();
        try
        {
            var outcomes = await submit(activity is null ? submissions : Carry(submissions, ambient, activity));
            Measure(submissions, outcomes, time.GetElapsedTime(startedAt));
            ShowRefusals(activity, outcomes);
            return outcomes;
        }
        catch (Exception exception)
        {
            var error = CodeOf(exception);
            activity?.SetTag(JobsTags.ErrorType, error).SetStatus(ActivityStatusCode.Error, exception.Message);
            MeasureFailure(submissions, error, time.GetElapsedTime(startedAt));
            throw;
        }
        finally
        {
            ForeignCode.End(activity);
        }
    }

    private static Activity? Start(IReadOnlyList<JobSubmission> submissions, string? ambient)
    {
        if (submissions.Count == 0 || !JobsTelemetry.Source.HasListeners())
        {
            return null;
        }

        var jobClass = OnlyClassOf(submissions);
        var tags = new ActivityTagsCollection
        {
            { JobsTags.System, JobsTags.SystemName }, { JobsTags.Operation, Send }, { JobsTags.OperationType, Send },
        };
        if (jobClass is not null)
        {
            tags.Add(JobsTags.JobClass, jobClass);
        }

        if (submissions is [var only])
        {
            tags.Add(JobsTags.JobId, only.Id.ToString());
            tags.Add(JobsTags.PayloadBytes, only.Payload.Length);
        }
        else
        {
            tags.Add(JobsTags.BatchCount, submissions.Count);
        }

        var name = jobClass is null ? Send : $"{Send} {jobClass}";
        return ForeignCode.Begin((name, tags, Links: LinksOf(submissions, ambient)), static one =>
            JobsTelemetry.Source.StartActivity(one.name, ActivityKind.Producer, default(ActivityContext), one.tags, one.Links));
    }

    /// <summary>A context that somebody has made for a job stays its own; the span only names it.</summary>
    private static List<ActivityLink> LinksOf(IReadOnlyList<JobSubmission> submissions, string? ambient)
    {
        var links = new List<ActivityLink>();
        foreach (var submission in submissions)
        {
            if (links.Count < MaxLinks && IsForeign(submission, ambient)
                && ActivityContext.TryParse(submission.TraceParent, null, isRemote: true, out var made))
            {
                links.Add(new ActivityLink(made));
            }
        }

        return links;
    }

    private static JobSubmission[] Carry(IReadOnlyList<JobSubmission> submissions, string? ambient, Activity activity) =>
        [.. submissions.Select(submission => IsForeign(submission, ambient) ? submission : submission with { TraceParent = activity.Id })];

    private static bool IsForeign(JobSubmission submission, string? ambient) =>
        submission.TraceParent is not null && submission.TraceParent != ambient;

    /// <summary>A refused job's class is whatever somebody wrote there: it is no tag, or anybody could make measures without end.</summary>
    private static void Measure(IReadOnlyList<JobSubmission> submissions, IReadOnlyList<SubmitOutcome> outcomes, TimeSpan took)
    {
        if (submissions.Count == 1)
        {
            var error = outcomes[0].Error?.Code;
            var jobClass = error is null ? submissions[0].JobClass : null;
            Count(1, jobClass, error);
            OperationTelemetry.Record(Send, jobClass, error, took);
            return;
        }

        if (Sent.Enabled)
        {
            var groups = submissions.Zip(outcomes, (job, outcome) => outcome.Error is { } error ? (null, error.Code) : (job.JobClass, (string?)null));
            foreach (var ((jobClass, error), count) in groups.CountBy(group => group))
            {
                Count(count, jobClass, error);
            }
        }

        OperationTelemetry.Record(Send, outcomes.All(outcome => outcome.Error is null) ? OnlyClassOf(submissions) : null, null, took);
    }

    private static void MeasureFailure(IReadOnlyList<JobSubmission> submissions, string error, TimeSpan took)
    {
        Count(submissions.Count, null, error);
        OperationTelemetry.Record(Send, null, error, took);
    }

    private static void Count(int jobs, string? jobClass, string? error) => ForeignCode.Run((jobs, jobClass, error), static one =>
        Sent.Add(one.jobs, OperationTelemetry.Tags(Send, one.jobClass, one.error)));

    /// <summary>A batch that was taken in part is no failed call; its one refused job is.</summary>
    private static void ShowRefusals(Activity? activity, IReadOnlyList<SubmitOutcome> outcomes)
    {
        if (activity is null || outcomes.FirstOrDefault(outcome => outcome.Error is not null)?.Error is not { } error)
        {
            return;
        }

        activity.SetTag(JobsTags.ErrorType, error.Code);
        if (outcomes.All(outcome => outcome.Error is not null))
        {
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
        }
    }

    private static string? OnlyClassOf(IReadOnlyList<JobSubmission> submissions)
    {
        var first = submissions.Count > 0 ? submissions[0].JobClass : null;
        return submissions.Count == 1 || submissions.All(submission => submission.JobClass == first) ? first : null;
    }

    private static string CodeOf(Exception exception) => exception is JobsException known ? known.Code : exception.GetType().FullName!;
}
