using Microsoft.Extensions.Options;

namespace OrleansJobs.Dashboard.Access;

/// <summary>Shows jobs to a caller: whole, or without what is sensitive.</summary>
internal sealed class JobView(IOptions<OrleansJobsAccessOptions> access, IEnumerable<IJobRedactor> redactors)
{
    private readonly IJobRedactor? _redactor = redactors.LastOrDefault();

    public JobSnapshot Of(JobSnapshot job, Caller caller) => _redactor is null || MaySee(job.JobClass, caller) ? job : _redactor.Redact(job);

    public JobPage Of(JobPage page, Caller caller) => page with { Jobs = [.. page.Jobs.Select(job => Of(job, caller))] };

    public IReadOnlyList<FinishedJob> Of(IReadOnlyList<FinishedJob> jobs, Caller caller) =>
        [.. jobs.Select(finished => finished with { Job = Of(finished.Job, caller) })];

    private bool MaySee(string jobClass, Caller caller) =>
        !_redactor!.Hides(jobClass)
        || (access.Value.Reveal.TryGetValue(jobClass, out var role) && caller.Role >= AccessRules.RoleOf(role));
}
