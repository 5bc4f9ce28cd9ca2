namespace OrleansJobs;

/// <summary>Who did what to the grid, when, from where, and how it ended.</summary>
public sealed record AuditEntry
{
    /// <summary>Its place in the trail; rises. The trail gives it, so it is 0 until then.</summary>
    public long Sequence { get; init; }

    /// <summary>What sort of entry it is, by what was done and how it ended.</summary>
    public AuditKind Kind => Verb switch
    {
        // Submits are traffic, whatever becomes of them.
        AuditVerb.Submit => AuditKind.Submit,
        AuditVerb.WrongKey => AuditKind.Refusal,
        _ when Outcome == AuditOutcome.Refused => AuditKind.Refusal,
        AuditVerb.SignIn or AuditVerb.SignOut => AuditKind.SignIn,
        _ => AuditKind.Change,
    };

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The name of the key or user, or <c>local</c> for a caller on this machine whom nobody asked who they are. For a key that is not let in, the
    /// name that it bears if there is a key of that name, or <c>-</c>.
    /// </summary>
    public required string Who { get; init; }

    /// <summary>The caller's role at that time, in lower case; <c>-</c> for one who was not let in.</summary>
    public required string Role { get; init; }

    /// <summary>The address that the call came from; null if the server knows none.</summary>
    public string? From { get; init; }

    /// <summary>What was done, as <see cref="AuditVerb"/> names it.</summary>
    public required string Verb { get; init; }

    /// <summary>The class that it was done to, if it was one.</summary>
    public string? JobClass { get; init; }

    /// <summary>The job that it was done to, if it was one.</summary>
    public JobId? JobId { get; init; }

    /// <summary>The silo that it was done to, if it was one.</summary>
    public string? Silo { get; init; }

    /// <summary>The filter over whose jobs it was done, if it was one.</summary>
    public JobFilter? Filter { get; init; }

    /// <summary>How many jobs it was done to, when it was a number of them.</summary>
    public int? Jobs { get; init; }

    /// <summary>The reason that the caller gave, at most <see cref="JobLimits.MaxReasonLength"/> characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The class's limits before a change of them.</summary>
    public JobClassSettings? Before { get; init; }

    /// <summary>The class's limits after a change of them.</summary>
    public JobClassSettings? After { get; init; }

    /// <summary>How it ended.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The code of the error, when it was not done.</summary>
    public string? Error { get; init; }
}
