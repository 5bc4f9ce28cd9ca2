using OrleansJobs.Core.Submission;

namespace OrleansJobs.Workers.Registration;

/// <summary>
/// Reads a payload as the class's handler would. Others than JSON are left to the handler: nothing here knows what they are meant to be. One
/// that is over its limit is left to the grid: what it refuses first is its size.
/// </summary>
internal sealed class RegisteredPayloadCheck(JobClassRegistry classes, JobSerializer serializer) : IPayloadCheck
{
    public string? FaultOf(JobSubmission submission) =>
        submission.Payload.Length <= JobLimits.MaxPayloadBytes && SubmissionRules.IsJson(submission)
        && classes.TryGet(submission.JobClass, out var jobClass)
            ? jobClass.TryReadPayload(serializer, submission.Payload, out _)
            : null;
}
