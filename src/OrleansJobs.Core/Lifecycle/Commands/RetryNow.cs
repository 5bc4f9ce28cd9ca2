namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Somebody wants the job to run now: puts an ended job back, hurries a waiting one.</summary>
public sealed record RetryNow : JobCommand;
