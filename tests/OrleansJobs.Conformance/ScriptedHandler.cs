namespace OrleansJobs.Conformance;

/// <summary>Plays the test's script.</summary>
public sealed class ScriptedHandler(Script script) : IJobHandler<ScriptedJob>
{
    public Task<JobResult> HandleAsync(ScriptedJob payload, JobContext context) => script.PlayAsync(payload.Name, context);
}
