using OrleansJobs.Core.Submission;

namespace OrleansJobs.Workers.Registration;

/// <summary>
/// Reads a payload as the class's handler would. Others than JSON are left to the handler: nothing here knows what they are meant to be.
/// </summary>
internal sealed class RegisteredPayloadCheck(JobClassRegistry classes, JobSerializer serializer) : IPayloadCheck
{
    public string? FaultOf(JobSubmission submission) =>
        classes.TryGet(submission.JobClass, out var jobClass) && SubmissionRules.IsJson(submission)
            ? jobClass.TryReadPayload(serializer, submission.Payload, out _)
            : null;
}
