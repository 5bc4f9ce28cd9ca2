namespace OrleansJobs;

/// <summary>A submitted job whose handler gives a result.</summary>
/// <typeparam name="TResult">The result's type.</typeparam>
public sealed class JobHandle<TResult> : JobHandle
{
    /// <summary>Makes a handle; usually a submit does.</summary>
    public JobHandle(IJobClient client, JobId id, SubmitStatus status) : base(client, id, status)
    {
    }

    /// <summary>Waits until the job has ended and gives its result; the default if it succeeded without one.</summary>
    /// <exception cref="JobFailedException">The job was dead-lettered or cancelled.</exception>
    public async Task<TResult?> ResultAsync(CancellationToken cancellationToken = default)
    {
        var job = await WaitAsync(cancellationToken);
        if (job.State != JobState.Succeeded)
        {
            throw new JobFailedException(job);
        }

        return job.Result is { Length: > 0 } bytes ? Client.Serializer.Deserialize<TResult>(bytes) : default;
    }
}
