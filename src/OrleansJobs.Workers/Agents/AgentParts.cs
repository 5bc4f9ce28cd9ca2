using Microsoft.Extensions.Logging;
using OrleansJobs.Workers.Execution;
using OrleansJobs.Workers.Ports;
using OrleansJobs.Workers.Quarantine;

namespace OrleansJobs.Workers.Agents;

/// <summary>What all agents of a silo work with.</summary>
internal sealed record AgentParts(
    IDispatcherPort Dispatchers,
    ISlotRunner Slots,
    RunningJobs Running,
    ProcessGate Gate,
    LocalSilo Silo,
    WorkerOptions Options,
    TimeProvider Time,
    GridPace Pace,
    ILoggerFactory Loggers);
