using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Quarantine;

namespace OrleansJobs.Workers.Quarantine;

/// <summary>A suspect's visit, and what has to be done for it.</summary>
/// <param name="visit">What the core knows of it.</param>
/// <param name="endIsolation">Stores that others run beside it; completes when that is stored, or when it does not matter any more.</param>
internal sealed class GateVisit(SiloVisit visit, Func<Task> endIsolation)
{
    private readonly TaskCompletionSource<StartPlace> _placed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SiloVisit Visit => visit;

    /// <summary>Completes with the place that it has.</summary>
    public Task<StartPlace> Placed => _placed.Task;

    /// <summary>Whether the end of its isolation is being stored.</summary>
    public bool IsJoining { get; set; }

    /// <summary>Whether what came in has left.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Whether the job's authority has said that the attempt did not start, or has ended.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Whether the job may still be stored as running alone here.</summary>
    public bool MayBeAlone => visit.Place == StartPlace.Alone && !IsSettled;

    public Task EndIsolationAsync() => endIsolation();

    /// <summary>Hands the place out.</summary>
    /// <returns>Whether there was one to hand out.</returns>
    public bool TryPlace() => visit.Place is { } place && _placed.TrySetResult(place);
}
