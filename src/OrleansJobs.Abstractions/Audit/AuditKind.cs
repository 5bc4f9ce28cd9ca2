namespace OrleansJobs;

/// <summary>
/// What sort of entry one of the audit trail is. Each kind has room and an age of its own (<see cref="AuditOptions"/>), so that however many there are of
/// one, none of another is dropped for it. The numbers are in stores.
/// </summary>
public enum AuditKind
{
    /// <summary>Somebody changed something, or may have: an act that was done, or of which nobody knows whether it was.</summary>
    Change = 0,

    /// <summary>Somebody signed in to the pages or out of them.</summary>
    SignIn = 1,

    /// <summary>Something was refused: an act, a sign-in, a key.</summary>
    Refusal = 2,

    /// <summary>A call that submitted jobs, or tried to; in the trail only where that is wanted.</summary>
    Submit = 3,
}
