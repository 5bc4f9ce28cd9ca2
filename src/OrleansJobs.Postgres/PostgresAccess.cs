using Microsoft.Extensions.Logging;
using Npgsql;
using OrleansJobs.Storage.GroupCommit;
using Polly;
using Polly.Retry;

namespace OrleansJobs.Postgres;

/// <summary>The database as the parts of the store share it: connections, retries and reads.</summary>
internal sealed class PostgresAccess(PostgresStoreOptions options, ILogger logger, TimeProvider timeProvider) : IAsyncDisposable
{
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    public NpgsqlDataSource Source { get; } = PostgresSource.Create(options);

    /// <summary>Host, port and database.</summary>
    public string Name { get; } = PostgresSource.NameOf(options.ConnectionString);

    public PostgresStoreOptions Options => options;

    public ILogger Logger => logger;

    public TimeProvider TimeProvider => timeProvider;

    /// <summary>Tries again what failed in a way that may pass.</summary>
    /// <param name="isWorthwhile">Whether there is hope at the moment.</param>
    public ResiliencePipeline CreateRetry(Func<bool> isWorthwhile) => new ResiliencePipelineBuilder { TimeProvider = timeProvider }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is { } exception && PostgresErrors.IsTransient(exception) && isWorthwhile()),
            MaxRetryAttempts = options.MaxRetries,
            Delay = options.RetryDelay,
            MaxDelay = MaxRetryDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = retry =>
            {
                // Connections in the pool are likely to be as dead as the one that failed.
                Source.Clear();
                logger.Retrying(Name, retry.RetryDelay, retry.Outcome.Exception);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
