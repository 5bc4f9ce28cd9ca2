namespace OrleansJobs.Core.Lifecycle;

/// <summary>How far a job is suspected of ending the silos that run it.</summary>
public enum Suspicion
{
    /// <summary>No more than any other: one lost silo is usually nobody's fault.</summary>
    None,

    /// <summary>Enough to keep many such jobs from running side by side.</summary>
    Some,

    /// <summary>So far that it has to run alone.</summary>
    Strong,
}
