namespace OrleansJobs.Http;

/// <summary>What is done to the jobs of a filter.</summary>
public enum BulkAction
{
    /// <summary>They are cancelled.</summary>
    Cancel,

    /// <summary>They are put back into the backlog.</summary>
    Retry,

    /// <summary>They are sent to the dead letters.</summary>
    DeadLetter,

    /// <summary>Those that have ended are deleted, with all that belongs to them; open ones are refused.</summary>
    Delete,
}
