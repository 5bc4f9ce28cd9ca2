namespace OrleansJobs.Conformance;

/// <summary>A job that does what the test's <see cref="Script"/> says for its name.</summary>
public sealed record ScriptedJob(string Name)
{
    public const string Class = "scripted";
}
