using OrleansJobs.Core.Dispatch;

namespace OrleansJobs.Workers.Agents;

/// <summary>A pool at one moment, as the dispatcher is told.</summary>
/// <param name="Permits">Slots that the dispatcher may fill.</param>
/// <param name="Held">The leases that are held, if they are to be told.</param>
/// <param name="Overstays">Handlers that run on although their lease has ended.</param>
internal sealed record PoolReport(int Permits, IReadOnlyList<HeldLease>? Held, IReadOnlyList<OverstayingHandler> Overstays);
