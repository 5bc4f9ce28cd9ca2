using System.Diagnostics;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Diagnostics;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>
/// The spans of one attempt: <c>process</c> from the call that starts it to the answer to its ack, in it <c>start</c> and <c>ack</c>, and
/// beside it the <c>wait</c> before it. All are children of the submitter's span, and <c>process</c> links to the attempt before.
/// There is no trace, and next to no cost, when nobody listens or the trace is not sampled.
/// </summary>
internal sealed class AttemptTrace : IDisposable
{
    private readonly Activity _process;
    private readonly JobRecord _job;
    private readonly IJobRedactor _redactor;
    private readonly TimeProvider _time;

    private AttemptTrace(Activity process, JobRecord job, IJobRedactor redactor, TimeProvider time) =>
        (_process, _job, _redactor, _time) = (process, job, redactor, time);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => JobsTelemetry.Source.HasListeners();

    /// <summary>The context of the attempt, for the next attempt to link to.</summary>
    public string? TraceParent => _process.Id;

    /// <summary>Begins the trace of an attempt that has started; the span is current from now on. Null if nobody wants it.</summary>
    /// <param name="job">The job as the start answered.</param>
    /// <param name="calledAt">When the start was asked for.</param>
    /// <param name="redactor">Says what of an error may be shown: traces go where payloads may not.</param>
    /// <param name="time">The clock.</param>
    public static AttemptTrace? Begin(JobRecord job, DateTimeOffset calledAt, IJobRedactor redactor, TimeProvider time)
    {
        var submitter = JobSpans.ContextOf(job.TraceParent);
        var before = job.Attempts is [.., { TraceParent: { } last }] ? JobSpans.ContextOf(last) : null;
        var process = JobSpans.StartAttempt(job.Id, job.JobClass, job.Attempt, job.Tenant, submitter, before, calledAt);
        if (process is not { IsAllDataRequested: true })
        {
            ForeignCode.End(process);
            return null;
        }

        process.SetTag(JobsTags.Silo, job.Silo).SetTag(JobsTags.PayloadBytes, job.Payload.Length);
        var trace = new AttemptTrace(process, job, redactor, time);
        JobSpans.WriteWait(job.Id, job.JobClass, submitter ?? process.Context, job.DueAt, job.StartedAt ?? calledAt, job.WaitedFor);
        trace.Write("start", "receive", ActivityKind.Client, process.Context, calledAt, time.GetUtcNow());
        return trace;
    }

    /// <summary>Somebody asks the attempt to stop.</summary>
    public void StopAsked(CancellationCause cause) => _process.AddEvent(
        new ActivityEvent("stop requested", _time.GetUtcNow(), new ActivityTagsCollection { { JobsTags.Cause, Word.Of(cause) } }));

    /// <summary>The handler has ended, or was given up; without an ack the lease was lost before.</summary>
    public void Ended(AttemptAck? ack)
    {
        _process.SetTag(JobsTags.Outcome, Word.Of(ack?.Outcome ?? AttemptOutcome.Lost));
        if (ack is null)
        {
            _process.SetTag(JobsTags.ErrorType, "lease_lost")
                .SetStatus(ActivityStatusCode.Error, "The lease was lost; what the attempt did does not count.");
        }
        else if (ack is { Outcome: AttemptOutcome.Failed, Error: { } error })
        {
            Fail(Shown(error));
        }
    }

    /// <summary>The ack has its answer; null if there never was one.</summary>
    public void Acked(DateTimeOffset calledAt, AckReply? reply)
    {
        var error = reply switch
        {
            null => "no_answer",
            { Verdict: Verdict.Applied or Verdict.Repeated } => null,
            _ => Word.Of(reply.Verdict),
        };
        Write("ack", "settle", ActivityKind.Client, _process.Context, calledAt, _time.GetUtcNow(), error);
        if (reply is not null)
        {
            _process.SetTag(JobsTags.State, Word.Of(reply.State));
        }
    }

    public void Dispose() => ForeignCode.End(_process.SetEndTime(_time.GetUtcNow().UtcDateTime));

    private void Write(
        string operation, string type, ActivityKind kind, ActivityContext parent, DateTimeOffset from, DateTimeOffset to, string? error = null) =>
        JobSpans.Write(operation, type, kind, _job.Id, _job.JobClass, parent, from, to, error);

    private JobError Shown(JobError error) => _redactor.Hides(_job.JobClass)
        ? _redactor.Redact(new JobSnapshot { Id = _job.Id, JobClass = _job.JobClass, State = JobState.Running, Version = 1, LastError = error }).LastError
            ?? error with { Message = Redacted.Text }
        : error;

    private void Fail(JobError error)
    {
        var tags = new ActivityTagsCollection { { "exception.type", error.Type }, { "exception.message", error.Message } };
        if (error.Stack is { } stack)
        {
            tags.Add("exception.stacktrace", stack);
        }

        _process.SetTag(JobsTags.ErrorType, error.Type)
            .SetStatus(ActivityStatusCode.Error, error.Message)
            .AddEvent(new ActivityEvent("exception", _time.GetUtcNow(), tags));
    }
}
