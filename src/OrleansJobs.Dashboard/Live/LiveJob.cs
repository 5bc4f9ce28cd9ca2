namespace OrleansJobs.Dashboard.Live;

/// <summary>What a job's page follows.</summary>
/// <param name="Job">The job, as the caller may see it.</param>
/// <param name="Why">Why it waits.</param>
/// <param name="LogEnd">The sequence of the last line of its log; the page reads the lines up to it.</param>
internal sealed record LiveJob(JobSnapshot Job, JobWait Why, long LogEnd);
