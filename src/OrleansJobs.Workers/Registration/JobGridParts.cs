namespace OrleansJobs.Workers.Registration;

/// <summary>What one service provider made of the registration.</summary>
internal sealed record JobGridParts(JobClassRegistry Registry, WorkerOptions Workers);
