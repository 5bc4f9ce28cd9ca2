namespace OrleansJobs.Testing;

/// <summary>A submit that a <see cref="RecordingJobClient"/> saw.</summary>
/// <param name="Submission">What was submitted.</param>
/// <param name="Outcome">What the grid answered.</param>
public sealed record SubmittedJob(JobSubmission Submission, SubmitOutcome Outcome);
