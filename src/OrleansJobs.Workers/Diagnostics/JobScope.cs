using System.Collections;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Diagnostics;

/// <summary>
/// What every log line about a job carries: the job, and as far as they are known its class, its attempt and the silo. Each attempt makes one, and
/// most are never read: values are put together when somebody asks.
/// </summary>
public sealed class JobScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly JobId _id;
    private readonly string? _jobClass;
    private readonly int? _attempt;
    private readonly string? _silo;

    /// <summary>The scope of a job. What is null is left out.</summary>
    public JobScope(JobId id, string? jobClass = null, int? attempt = null, string? silo = null) =>
        (_id, _jobClass, _attempt, _silo) = (id, jobClass, attempt, silo);

    /// <inheritdoc/>
    public int Count => 1 + (_jobClass is null ? 0 : 1) + (_attempt is null ? 0 : 1) + (_silo is null ? 0 : 1);

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => Values().ElementAt(index);

    /// <summary>The scope of the running, or the last, attempt of a job.</summary>
    public static JobScope Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new JobScope(job.Id, job.JobClass, job.Attempt, job.Silo);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Values().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>As loggers print it that know no structure.</summary>
    public override string ToString() => string.Join(", ", Values().Select(one => $"{one.Key} {one.Value}"));

    private IEnumerable<KeyValuePair<string, object?>> Values()
    {
        yield return new("JobId", _id);
        if (_jobClass is not null)
        {
            yield return new("JobClass", _jobClass);
        }

        if (_attempt is not null)
        {
            yield return new("Attempt", _attempt);
        }

        if (_silo is not null)
        {
            yield return new("Silo", _silo);
        }
    }
}
