using OrleansJobs.Core.Limits;

namespace OrleansJobs.Engine.Dispatch;

/// <summary>What is stored of a dispatcher's life.</summary>
internal sealed record LifeDocument
{
    /// <summary>Its number.</summary>
    public long Epoch { get; init; }

    /// <summary>How far the class's rate is used up; null if nobody had to know yet.</summary>
    public RateMark? Rate { get; init; }
}
