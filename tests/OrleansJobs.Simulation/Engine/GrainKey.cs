namespace OrleansJobs.Simulation.Engine;

/// <summary>The identity of a grain: a job's, or the dispatcher's of a class.</summary>
internal readonly record struct GrainKey(JobId Job, string JobClass)
{
    public static GrainKey Of(JobId job) => new(job, "");

    public static GrainKey Of(string jobClass) => new(default, jobClass);
}
