namespace OrleansJobs;

/// <summary>
/// Tells, before a job is submitted, whether its payload fits what its class carries. A process that has registered handlers gives it; one that
/// has not does not know.
/// </summary>
public interface IPayloadCheck
{
    /// <summary>What is wrong with the payload, in a sentence; null if nothing is, or if this process does not know the class.</summary>
    string? FaultOf(JobSubmission submission);
}
