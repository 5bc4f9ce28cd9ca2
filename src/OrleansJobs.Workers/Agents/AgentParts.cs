using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;

namespace OrleansJobs.Workers.Agents;

/// <summary>What all agents of a silo work with.</summary>
internal sealed record AgentParts(
    IDispatcherPort Dispatchers,
    ISlotRunner Slots,
    RunningJobs Running,
    LocalSilo Silo,
    WorkerOptions Options,
    TimeProvider Time,
    GridPace Pace,
    ILoggerFactory Loggers);
