using OrleansJobs.TestKit;

namespace OrleansJobs.Embedded.Tests.Conformance;

/// <summary>One PostgreSQL server for all tests of the assembly; it goes with the process.</summary>
internal static class SharedServer
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync());

    /// <summary>A fresh database, or a skip with the reason.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        Skip.IfNot(PostgresServer.WhyUnavailable is null, PostgresServer.WhyUnavailable);
        return await (await Server.Value).CreateDatabaseAsync();
    }
}
