namespace OrleansJobs.Core.Lifecycle.Commands;

/// <summary>Somebody wants the ended job gone, with all that belongs to it.</summary>
public sealed record Delete : JobCommand;
