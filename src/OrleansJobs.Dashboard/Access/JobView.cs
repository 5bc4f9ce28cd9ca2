using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Shows jobs to a caller: whole, or without what is sensitive.</summary>
internal sealed class JobView(IOptions<OrleansJobsAccessOptions> access, IEnumerable<IJobRedactor> redactors)
{
    private readonly IJobRedactor? _redactor = redactors.LastOrDefault();

    public JobSnapshot Of(JobSnapshot job, Caller caller) => _redactor is null || MaySee(job.JobClass, caller) ? job : _redactor.Redact(job);

    public JobPage Of(JobPage page, Caller caller) => page with { Jobs = [.. page.Jobs.Select(job => Of(job, caller))] };

    /// <summary>Failures of a class; their messages are those of its jobs' errors.</summary>
    public IReadOnlyList<ErrorGroup> Of(IReadOnlyList<ErrorGroup> groups, string jobClass, Caller caller) =>
        _redactor is null || MaySee(jobClass, caller) ? groups : [.. groups.Select(group => group with { Message = MessageOf(group, jobClass) })];

    public IReadOnlyList<FinishedJob> Of(IReadOnlyList<FinishedJob> jobs, Caller caller) =>
        [.. jobs.Select(finished => finished with { Job = Of(finished.Job, caller) })];

    private string MessageOf(ErrorGroup group, string jobClass) => _redactor!.Redact(new JobSnapshot
    {
        Id = group.LastJob,
        JobClass = jobClass,
        State = JobState.Retrying,
        Version = 1,
        LastError = new JobError(group.Type, group.Message),
    }).LastError?.Message ?? Redacted.Text;

    private bool MaySee(string jobClass, Caller caller) =>
        !_redactor!.Hides(jobClass)
        || (access.Value.Reveal.TryGetValue(jobClass, out var role) && caller.Role >= AccessRules.RoleOf(role));
}
