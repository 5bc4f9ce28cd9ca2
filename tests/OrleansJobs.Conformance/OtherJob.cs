namespace OrleansJobs.Conformance;

/// <summary>A job of another class.</summary>
public sealed record OtherJob(string Name)
{
    public const string Class = "other";
}
