using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Core.Quarantine;

/// <summary>A suspected job that wants to run on a silo: from its question for a place to the end of its handler.</summary>
public sealed class SiloVisit
{
    internal SiloVisit(JobRecord job, TimeSpan isolation) => (Job, Isolation) = (job, isolation);

    /// <summary>The job as it was when it asked.</summary>
    public JobRecord Job { get; }

    /// <summary>The place that it has; null while it waits for one.</summary>
    public StartPlace? Place { get; internal set; }

    /// <summary>How long the job is put off, if it has no place.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>Whether others wait to run beside it: that has to be stored before they may.</summary>
    public bool MustJoin { get; internal set; }

    /// <summary>How long it is watched.</summary>
    internal TimeSpan Isolation { get; }

    /// <summary>When its watch ends.</summary>
    internal TimeSpan Until { get; set; }

    internal SiloVisit PutOff(TimeSpan delay)
    {
        (Place, Delay) = (StartPlace.None, delay);
        return this;
    }

    internal SiloVisit Take(StartPlace place, TimeSpan now)
    {
        (Place, Until) = (place, now + Isolation);
        return this;
    }
}
