using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Simulation.Chronicle;

/// <summary>A row was written: this is what is durable.</summary>
/// <param name="Row">The row.</param>
/// <param name="Cause">The command behind it.</param>
/// <param name="CauseToken">The lease token that the command carried, if it carries one.</param>
internal sealed record Stored(JobRecord Row, string Cause, long? CauseToken) : HistoryEvent("store")
{
    public override JobId? About => Row.Id;

    public override string Class => Row.JobClass;

    public override string Tell() =>
        $"{Cause}{(CauseToken is { } token ? $" with token {token}" : "")} → {Row.State}, version {Row.Version}, token {Row.LeaseToken}, "
        + $"attempt {Row.Attempt}/{Row.MaxAttempts}, silo {Row.Silo ?? "-"}, due {History.Show(Row.DueAt)}{(Row.CancelRequested ? ", cancel requested" : "")}";
}

/// <summary>A row was deleted.</summary>
/// <param name="Row">The row as it was.</param>
internal sealed record Deleted(JobRecord Row) : HistoryEvent("store")
{
    public override JobId? About => Row.Id;

    public override string Class => Row.JobClass;

    public override string Tell() => $"Delete of {Row.State}, version {Row.Version}";
}

/// <summary>A client was told that its submit is done.</summary>
internal sealed record SubmitAnswered(JobId Submitted, JobId Job, string JobClass, SubmitStatus Status) : HistoryEvent("client")
{
    public override JobId? About => Submitted;

    public override string Class => JobClass;

    public override string Tell() => $"submit answered: {Status}{(Job == Submitted ? "" : $", held by {Job}")}";
}

/// <summary>A command was answered as holding: applied, or applied before.</summary>
/// <param name="Actor">Who heard it.</param>
/// <param name="Job">The job.</param>
/// <param name="JobClass">Its class.</param>
/// <param name="Command">The command's kind.</param>
/// <param name="Token">The token of an ack.</param>
/// <param name="Version">The version of the job of which the answer told.</param>
/// <param name="Was">The job's state of which the answer told.</param>
internal sealed record CommandAnswered(string Actor, JobId Job, string JobClass, string Command, long? Token, long Version, JobState Was)
    : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"{Command}{(Token is { } token ? $" with token {token}" : "")} accepted: {Was}, version {Version}";
}

/// <summary>A handler was called.</summary>
internal sealed record HandlerBegan(string Actor, JobId Job, string JobClass, string Tenant, long Token) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"handler begins with token {Token}";
}

/// <summary>A handler's token fired.</summary>
internal sealed record HandlerStopped(string Actor, JobId Job, string JobClass, long Token, CancellationCause Cause) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"handler with token {Token} is asked to stop: {Cause}";
}

/// <summary>A handler returned.</summary>
internal sealed record HandlerReturned(string Actor, JobId Job, string JobClass, long Token, string How) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"handler with token {Token} returns: {How}";
}

/// <summary>A handler ended its silo.</summary>
internal sealed record SiloEnded(string Actor, JobId Job, string JobClass, long Token) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"handler with token {Token} ends the silo";
}

/// <summary>A dispatcher gave a lease.</summary>
internal sealed record Granted(string Actor, JobId Job, string JobClass, string Tenant, int Cost, int Priority, string To, long Epoch, long Number)
    : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"grants lease {Number} of life {Epoch % 100_000_000} to {To}: tenant {Tenant}, cost {Cost}, priority {Priority}";
}

/// <summary>The backoff that a failed attempt asked for: what the policy, or the handler, says.</summary>
internal sealed record FailSent(string Actor, JobId Job, string JobClass, long Token, bool Retryable, TimeSpan? RetryAfter) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"attempt with token {Token} failed{(Retryable ? "" : " for good")}{(RetryAfter is { } after ? $", retry after {after}" : "")}";
}

/// <summary>The delay that a snooze asked for.</summary>
internal sealed record SnoozeSent(string Actor, JobId Job, string JobClass, long Token, TimeSpan Delay) : HistoryEvent(Actor)
{
    public override JobId? About => Job;

    public override string Class => JobClass;

    public override string Tell() => $"attempt with token {Token} snoozes for {Delay}";
}
