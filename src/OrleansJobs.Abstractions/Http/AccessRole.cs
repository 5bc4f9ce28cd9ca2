namespace OrleansJobs.Http;

/// <summary>What a caller of the HTTP API may do; each role may do all that those before it may.</summary>
public enum AccessRole
{
    /// <summary>Reads jobs, classes and results queues.</summary>
    Viewer = 1,

    /// <summary>Submits, cancels, retries and dead-letters jobs; pauses and resumes classes; reads who did what.</summary>
    Operator = 2,

    /// <summary>Changes the limits of classes.</summary>
    Admin = 3,
}
