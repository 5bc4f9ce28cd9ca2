using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;

namespace OrleansJobs.Cli;

/// <summary>What a running command works with.</summary>
internal sealed record Session(GridApi Grid, Screen Screen, CliIo Io);
