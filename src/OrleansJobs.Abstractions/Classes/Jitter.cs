namespace OrleansJobs;

/// <summary>
/// How an exponential backoff is spread, so that jobs that failed together do not come back together.
/// After M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
/// </summary>
public enum Jitter
{
    /// <summary>Not at all: <c>first × factor^(attempt−1)</c>.</summary>
    None,

    /// <summary>Evenly between 0 and the delay without jitter.</summary>
    Full,

    /// <summary>Evenly between the first delay and three times the last one.</summary>
    Decorrelated,
}
