namespace OrleansJobs.Http;

/// <summary>Asks for one act on all jobs of a filter.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Filter">To which jobs; it has to narrow.</param>
/// <param name="Reason">Why, at most <see cref="JobLimits.MaxReasonLength"/> characters; needed for the dead letters.</param>
public sealed record BulkRequest(BulkAction? Action = null, BulkFilter? Filter = null, string? Reason = null);
