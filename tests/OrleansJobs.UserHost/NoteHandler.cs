namespace OrleansJobs.UserHost;

/// <summary>Does nothing.</summary>
internal sealed class NoteHandler : IJobHandler<Note>
{
    public Task<JobResult> HandleAsync(Note payload, JobContext context) => Task.FromResult(JobResult.Done);
}
