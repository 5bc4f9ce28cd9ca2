namespace OrleansJobs;

/// <summary>Wraps every attempt of every class: the first registered is the outermost.</summary>
public interface IJobMiddleware
{
    /// <summary>Runs around an attempt. Call <paramref name="next"/> to go on; what is returned is how the attempt ended.</summary>
    Task<JobResult> InvokeAsync(JobContext context, JobDelegate next);
}
