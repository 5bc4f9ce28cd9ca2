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

    /// <summary>What a search for an error's text may answer with: jobs of a class that the grid has no more are no class's that was looked at.</summary>
    public JobPage OfSearch(JobPage page, JobFilter filter, Caller caller) =>
        filter.ErrorText is null ? page : page with { Jobs = [.. page.Jobs.Where(job => MaySee(job.JobClass, caller))] };

    /// <summary>
    /// The classes in which a search for errors may look; null for wherever its filter says. That hidden jobs are left out of an answer is not enough:
    /// where its pages end, and how long it takes, tell whether any of them matched.
    /// </summary>
    /// <exception cref="HttpFault">It searches in a class of which the caller may not see all.</exception>
    public async Task<IReadOnlyList<string>?> SearchableAsync(JobFilter filter, ApiCall call)
    {
        if (filter.ErrorText is null || _redactor is null)
        {
            return null;
        }

        if (filter.JobClass is { } jobClass)
        {
            return MaySee(jobClass, call.Caller) ? null : throw HttpFault.HiddenErrors(jobClass);
        }

        var classes = await call.Jobs.GetClassesAsync(call.Aborted);
        var seen = classes.Select(one => one.JobClass).Where(name => MaySee(name, call.Caller)).ToList();
        return seen.Count == classes.Count ? null : seen;
    }

    /// <summary>
    /// What a repeated submit is answered with. Where the caller may not see the payload of the job that is there, they are not told whether theirs
    /// is the same either: whoever may submit could try until it is.
    /// </summary>
    /// <param name="outcome">What the grid said.</param>
    /// <param name="jobClass">The class that was submitted to.</param>
    /// <param name="call">The call.</param>
    public async Task<SubmitOutcome> OfRepeatAsync(SubmitOutcome outcome, string jobClass, ApiCall call) =>
        outcome.Error is DuplicateJobException && !MaySee(jobClass, call.Caller)
        && (await call.Jobs.FindAsync(outcome.Id, call.Aborted))?.JobClass == jobClass
            ? new SubmitOutcome(outcome.Id, SubmitStatus.AlreadySubmitted)
            : outcome;

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
