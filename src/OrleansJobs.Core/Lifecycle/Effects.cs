namespace OrleansJobs.Core.Lifecycle;

/// <summary>What has to be done after a transition is stored.</summary>
[Flags]
public enum Effects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Tell the dispatcher that the job waits.</summary>
    Enqueue = 1,

    /// <summary>Tell the dispatcher that the job waits no more.</summary>
    Withdraw = 2,

    /// <summary>Tell the dispatcher to have the running attempt stopped.</summary>
    StopAttempt = 4,

    /// <summary>The job has ended.</summary>
    Finish = 8,

    /// <summary>The job is in the backlog again after it had ended.</summary>
    Arrive = 16,

    /// <summary>The job is deleted: instead of the next record nothing is stored.</summary>
    Delete = 32,
}
