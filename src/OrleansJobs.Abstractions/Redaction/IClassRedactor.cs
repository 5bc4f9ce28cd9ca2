namespace OrleansJobs;

/// <summary>
/// Hides what is sensitive in the jobs of one class, where attributes cannot say it: payloads that are not JSON, values that are sensitive
/// only together. Register it in the services; it then decides alone for its class, attributes included.
/// </summary>
public interface IClassRedactor
{
    /// <summary>The class whose jobs it redacts.</summary>
    string JobClass { get; }

    /// <summary>
    /// The job as those may see it who may not see everything. Payload and result are empty in jobs from listings. If it throws, payload,
    /// result and messages are hidden as a whole.
    /// </summary>
    JobSnapshot Redact(JobSnapshot job);
}
