namespace OrleansJobs.Core.Lifecycle;

/// <summary>What became of a command.</summary>
public enum Verdict
{
    /// <summary>The job changes; the next record has to be stored before anybody is told.</summary>
    Applied,

    /// <summary>The command had been applied before, or asks for what is so already; nothing changes and the answer is the same.</summary>
    Repeated,

    /// <summary>The command carries a lease token that is not the live one.</summary>
    StaleLease,

    /// <summary>The job's state does not allow the command.</summary>
    WrongState,

    /// <summary>The job's due time has not come.</summary>
    NotDue,

    /// <summary>Silos were lost while the job ran: its silo has to have a place for such a job before it starts.</summary>
    Suspect,
}
