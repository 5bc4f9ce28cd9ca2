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

    private readonly NpgsqlDataSource? _pooler = options.DirectConnectionString is null ? null : PostgresSource.ThroughPooler(options);

    /// <summary>Sessions, for all that is more than reading.</summary>
    public NpgsqlDataSource Sessions { get; } = PostgresSource.Sessions(options, pooled: true);

    /// <summary>Sessions that end when they are closed.</summary>
    public NpgsqlDataSource LoneSessions { get; } = PostgresSource.Sessions(options, pooled: false);

    /// <summary>Connections for reading: a pooler's, if there is another way to sessions.</summary>
    public NpgsqlDataSource Reads => _pooler ?? Sessions;

    /// <summary>What has to come first in each transaction on <see cref="Reads"/>; null if those are sessions, which have their settings.</summary>
    public string? ReadSettings { get; private set; }

    /// <summary>Host, port and database.</summary>
    public string Name { get; } = PostgresSource.NameOf(options.SessionConnectionString);

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
                Sessions.Clear();
                _pooler?.Clear();
                logger.Retrying(Name, retry.RetryDelay, retry.Outcome.Exception);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>Says which schema is the grid's, before anything is read.</summary>
    public void UseSchema(string schema) => ReadSettings = _pooler is null ? null : PostgresSettings.OfTransaction(options, schema);

    public async ValueTask DisposeAsync()
    {
        if (_pooler is not null)
        {
            await _pooler.DisposeAsync();
        }

        await LoneSessions.DisposeAsync();
        await Sessions.DisposeAsync();
    }
}
