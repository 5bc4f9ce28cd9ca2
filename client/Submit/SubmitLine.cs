using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>What <c>submit --json</c> prints for each job.</summary>
/// <param name="Line">Its place from 1, where there may be several.</param>
/// <param name="Id">The job, or the one that holds its unique key.</param>
/// <param name="Status">What became of the submit.</param>
/// <param name="Error">Why it was refused.</param>
/// <param name="Job">The job as it ended, with <c>--wait</c>.</param>
internal sealed record SubmitLine(int? Line, JobId? Id, SubmitStatus Status, ApiProblem? Error, JobSnapshot? Job)
{
    public static SubmitLine Of(SubmitAnswer answer, JobSnapshot? job = null) =>
        new(answer.Line, answer.Id, answer.Status, answer.Error, job);
}
