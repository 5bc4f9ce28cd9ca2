using OrleansJobs.TestKit;

namespace OrleansJobs.ProcessKit;

/// <summary>One PostgreSQL server for all tests of this project, started when the first one needs it.</summary>
public sealed class SharedPostgres : IAsyncLifetime
{
    private PostgresServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>The server; skips the calling test where there is none.</summary>
    public async Task<PostgresServer> GetAsync()
    {
        Skip.If(PostgresServer.WhyUnavailable is not null, PostgresServer.WhyUnavailable);
        return _server ??= await PostgresServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
