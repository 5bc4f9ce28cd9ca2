namespace OrleansJobs;

/// <summary>
/// Knows what of a job callers of the HTTP API may not see. A process that knows the types of payloads registers one; where none is
/// registered, the API shows every job whole.
/// </summary>
public interface IJobRedactor
{
    /// <summary>Whether anything in jobs of the class may be hidden. Whoever may not see it may not search in it either.</summary>
    bool Hides(string jobClass);

    /// <summary>The job with what is sensitive replaced by <see cref="Redacted.Text"/>; the job itself if nothing is.</summary>
    JobSnapshot Redact(JobSnapshot job);
}
