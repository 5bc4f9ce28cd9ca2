namespace OrleansJobs.Core.Dispatch;

/// <summary>A handler that runs on although its lease has ended, as the dispatcher knows it.</summary>
/// <param name="Handler">What its silo said, or would say.</param>
/// <param name="Since">When its lease ended.</param>
/// <param name="IsTold">Whether its silo has said so; otherwise the dispatcher has to take it that it runs.</param>
internal sealed record Overstay(OverstayingHandler Handler, DateTimeOffset Since, bool IsTold)
{
    /// <summary>The tenant whose slot it holds; null while a lease of the job holds that slot.</summary>
    public TenantQueue? Tenant { get; set; }
}
