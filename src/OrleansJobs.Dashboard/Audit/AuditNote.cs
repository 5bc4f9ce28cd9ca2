namespace OrleansJobs.Dashboard.Audit;

/// <summary>What a handler knows of its act beyond its path.</summary>
internal sealed class AuditNote
{
    /// <summary>What the act is called, where its route alone does not say.</summary>
    public string? Verb { get; set; }

    public JobFilter? Filter { get; set; }

    public string? Reason { get; set; }

    public string? JobClass { get; set; }

    public JobId? JobId { get; set; }

    public int? Jobs { get; set; }

    public JobClassSettings? Before { get; set; }

    public JobClassSettings? After { get; set; }
}
