using System.Text.Json;
using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage.Rows;

namespace OrleansJobs.Storage.Tests.Harness;

/// <summary>Compares jobs by value, times to the microsecond.</summary>
public static class RecordAssert
{
    public static void Same(JobRecord expected, JobRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(Text(expected), Text(actual));
    }

    private static string Text(JobRecord job) => JsonSerializer.Serialize(job with
    {
        SubmittedAt = Micros.Cut(job.SubmittedAt),
        DueAt = Micros.Cut(job.DueAt),
        StartedAt = job.StartedAt is { } startedAt ? Micros.Cut(startedAt) : null,
        FinishedAt = job.FinishedAt is { } finishedAt ? Micros.Cut(finishedAt) : null,
    });
}
