using System.Diagnostics;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Diagnostics;

namespace OrleansJobs.Engine.Diagnostics;

/// <summary>
/// The span of an attempt whose silo was lost: that silo could not tell of it, so the job's authority does when it ends the lease.
/// </summary>
internal static class LostAttempt
{
    /// <summary>Starts the span at the attempt's start. Null if nobody wants it, or if the job does not run there.</summary>
    public static Activity? Begin(JobRecord? job, Expire expire)
    {
        if (!JobsTelemetry.Source.HasListeners() || job is not { State: JobState.Running, StartedAt: { } startedAt } || job.Silo != expire.Silo)
        {
            return null;
        }

        var before = job.Attempts is [.., { TraceParent: { } last }] ? JobSpans.ContextOf(last) : null;
        return JobSpans.StartAttempt(job.Id, job.JobClass, job.Attempt, job.Tenant, JobSpans.ContextOf(job.TraceParent), before, startedAt);
    }

    /// <summary>Ends the span. One whose lease turned out not to be the live one is not recorded.</summary>
    public static void End(Activity? span, string silo, in Transition transition, DateTimeOffset now)
    {
        if (span is null)
        {
            return;
        }

        span.SetTag(JobsTags.Silo, silo)
            .SetTag(JobsTags.Outcome, Word.Of(AttemptOutcome.Lost))
            .SetTag(JobsTags.State, Word.Of(transition.Next.State))
            .SetTag(JobsTags.ErrorType, JobError.SiloLost)
            .SetStatus(ActivityStatusCode.Error, $"Silo {silo} was lost while it ran the attempt.")
            .SetEndTime(now.UtcDateTime);
        if (!transition.IsChange)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span.IsAllDataRequested = false;
        }
    }
}
