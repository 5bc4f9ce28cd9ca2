using Microsoft.Extensions.Logging;
using OrleansJobs.Grains.Schema;

namespace OrleansJobs.Grains.Silos;

/// <summary>Orleans' tables beside the jobs in PostgreSQL.</summary>
internal sealed class PostgresTables(string connectionString, ILogger<PostgresTables> logger) : IOrleansTables
{
    public Task ApplyAsync(CancellationToken cancellationToken) =>
        OrleansSchema.ApplyPostgresAsync(connectionString, logger, cancellationToken);
}
