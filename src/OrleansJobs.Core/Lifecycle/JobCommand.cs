namespace OrleansJobs.Core.Lifecycle;

/// <summary>Something that is asked of a job. The kinds are in the <c>Commands</c> folder.</summary>
public abstract record JobCommand;
