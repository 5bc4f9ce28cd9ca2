using Microsoft.Extensions.Options;
using OrleansJobs.Dashboard.Api;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Shows jobs to a caller: whole, or without what is sensitive.</summary>
internal sealed class JobView(IOptions<OrleansJobsAccessOptions> access, IEnumerable<IJobRedactor> redactors)
{
    private readonly IJobRedactor? _redactor = redactors.LastOrDefault();

    public JobSnapshot Of(JobSnapshot job, Caller caller) => _redactor is null || MaySee(job.JobClass, caller) ? job : _redactor.Redact(job);

    public JobPage Of(JobPage page, Caller caller) => page with { Jobs = [.. page.Jobs.Select(job => Of(job, caller))] };

    /// <summary>Failures of a class; their messages are those of its jobs' errors.</summary>
    public IReadOnlyList<ErrorGroup> Of(IReadOnlyList<ErrorGroup> groups, string jobClass, Caller caller) =>
        MaySee(jobClass, caller) ? groups : [.. groups.Select(group => group with { Message = MessageOf(group, jobClass) })];

    public IReadOnlyList<FinishedJob> Of(IReadOnlyList<FinishedJob> jobs, Caller caller) =>
        [.. jobs.Select(finished => finished with { Job = Of(finished.Job, caller) })];

    /// <summary>Lines of a job's log. What a handler writes may be anything, so where something is sensitive no text is shown.</summary>
    public IReadOnlyList<JobLogLine> Of(IReadOnlyList<JobLogLine> lines, string jobClass, Caller caller) =>
        MaySee(jobClass, caller) ? lines : [.. lines.Select(line => line with { Text = Redacted.Text })];

    /// <summary>
    /// What a search for an error's text may answer with: without the jobs of which the caller may not see all, for that they are found
    /// tells what they say.
    /// </summary>
    public JobPage OfSearch(JobPage page, JobFilter filter, Caller caller) =>
        filter.ErrorText is null ? page : page with { Jobs = [.. page.Jobs.Where(job => MaySee(job.JobClass, caller))] };

    /// <exception cref="HttpFault">It searches in what the caller may not see.</exception>
    public void CheckSearch(JobFilter filter, Caller caller)
    {
        if (filter is { ErrorText: not null, JobClass: { } jobClass } && !MaySee(jobClass, caller))
        {
            throw HttpFault.HiddenErrors(jobClass);
        }
    }

    /// <summary>Whether all of the class's jobs may be seen.</summary>
    public bool MaySee(string jobClass, Caller caller) =>
        _redactor is null
        || !_redactor.Hides(jobClass)
        || (access.Value.Reveal.TryGetValue(jobClass, out var role) && caller.Role >= AccessRules.RoleOf(role));

    private string MessageOf(ErrorGroup group, string jobClass) => _redactor!.Redact(new JobSnapshot
    {
        Id = group.LastJob,
        JobClass = jobClass,
        State = JobState.Retrying,
        Version = 1,
        LastError = new JobError(group.Type, group.Message),
    }).LastError?.Message ?? Redacted.Text;
}
