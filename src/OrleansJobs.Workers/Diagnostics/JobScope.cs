using System.Collections;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>What every log line about a job carries: the job, and as far as they are known its class, its attempt and the silo.</summary>
public sealed class JobScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values;

    /// <summary>The scope of a job. What is null is left out.</summary>
    public JobScope(JobId id, string? jobClass = null, int? attempt = null, string? silo = null)
    {
        KeyValuePair<string, object?>[] all = [new("JobId", id), new("JobClass", jobClass), new("Attempt", attempt), new("Silo", silo)];
        _values = [.. all.Where(one => one.Value is not null)];
    }

    /// <summary>The scope of the running, or the last, attempt of a job.</summary>
    public static JobScope Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobScope(job.Id, job.JobClass, job.Attempt, job.Silo);
    }

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As loggers print it that know no structure.</summary>
    public override string ToString() => string.Join(", ", _values.Select(one => $"{one.Key} {one.Value}"));
}
