using System.Collections;
using OrleansJobs.Core.Lifecycle;

namespace OrleansJobs.Workers.Execution;

/// <summary>What every log line of an attempt carries.</summary>
internal sealed class AttemptScope(JobRecord job) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 4;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("JobId", job.Id),
        1 => new("JobClass", job.JobClass),
        2 => new("Attempt", job.Attempt),
        3 => new("Silo", job.Silo),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"job {job.Id} of {job.JobClass}, attempt {job.Attempt}";
}
