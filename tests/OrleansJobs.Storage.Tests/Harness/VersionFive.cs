using OrleansJobs.Postgres;

namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>A database as version 5 of the schema left it, and the writes of a silo of that time.</summary>
public static class VersionFive
{
    private const string AsWriter = "SET orleansjobs.writer = 'on';";

    /// <summary>Makes the tables of a version.</summary>
    public static async Task MakeAsync(PostgresHarness harness, int version = 5)
    {
        await harness.ExecuteAsync(PostgresSchema.VersionTable);
        foreach (var migration in PostgresSchema.Migrations.TakeWhile(migration => migration.Version <= version))
        {
            await harness.ExecuteAsync(migration.Sql);
            await harness.ExecuteAsync($"INSERT INTO orleansjobs_schema (version) VALUES ({migration.Version})");
        }
    }

    /// <summary>Puts jobs of a class in, some in each state, with their counts; those that ended in the order of their numbers.</summary>
    public static Task FillAsync(PostgresHarness harness, string jobClass, int jobsInState) => harness.ExecuteAsync(
        $"""
        {AsWriter}
        INSERT INTO jobs (class, state, version, attempt, lease_token, payload, finished_at, finished_seq, tenant)
        SELECT '{jobClass}', n % 7, 3, 1, 1, convert_to(n::text, 'UTF8'), CASE WHEN n % 7 >= 4 THEN now() END, CASE WHEN n % 7 >= 4 THEN n END, 'acme'
        FROM generate_series(1, {jobsInState * 7}) AS n;
        INSERT INTO job_counts VALUES ('{jobClass}', {string.Join(", ", Enumerable.Repeat(jobsInState, 7))}, {jobsInState * 7});
        """);

    /// <summary>Ends a running job as a silo of version 5 does.</summary>
    public static Task EndAsync(PostgresHarness harness, JobId id) => harness.ExecuteAsync(
        $"""
        {AsWriter}
        BEGIN;
        INSERT INTO job_counts (class) VALUES ('email') ON CONFLICT DO NOTHING;
        SELECT count(*) FROM (SELECT 1 FROM job_counts WHERE class = 'email' FOR UPDATE) AS locked;
        WITH changed AS (
            UPDATE jobs j SET version = j.version + 1, state = 4, finished_at = now(), finished_seq = c.last_seq + 1
            FROM job_counts c WHERE c.class = j.class AND j.id = '{id}' AND j.state = 2 RETURNING 1)
        UPDATE job_counts SET running = running - 1, succeeded = succeeded + 1, last_seq = last_seq + 1 WHERE class = 'email';
        COMMIT;
        """);
}
