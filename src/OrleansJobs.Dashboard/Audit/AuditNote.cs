namespace OrleansJobs.Dashboard.Audit;

/// <summary>What a handler knows of its act beyond its path.</summary>
internal sealed class AuditNote
{
    public string? Reason { get; set; }

    public string? JobClass { get; set; }

    public JobId? JobId { get; set; }

    public int? Jobs { get; set; }

    public JobClassSettings? Before { get; set; }

    public JobClassSettings? After { get; set; }
}
