namespace OrleansJobs;

/// <summary>The rest of the pipeline around an attempt.</summary>
public delegate Task<JobResult> JobDelegate(JobContext context);
