namespace OrleansJobs.Core.Lifecycle;

/// <summary>What place a silo holds for a job that it starts.</summary>
public enum StartPlace
{
    /// <summary>One beside any others.</summary>
    Any,

    /// <summary>One of the few that it has for suspected jobs.</summary>
    AmongSuspects,

    /// <summary>The whole process: nothing else runs in it.</summary>
    Alone,

    /// <summary>None: the job has to be put off.</summary>
    None,
}
