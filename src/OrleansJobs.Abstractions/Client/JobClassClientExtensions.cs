namespace OrleansJobs;

/// <summary>The side of <see cref="IJobClient"/> that goes by declared classes: what is submitted has the class's type, and so has the result.</summary>
public static class JobClassClientExtensions
{
    /// <inheritdoc cref="JobClientExtensions.SubmitAsync{TPayload}(IJobClient, string, TPayload, SubmitOptions?, CancellationToken)"/>
    public static Task<JobHandle> SubmitAsync<TPayload>(
        this IJobClient client, JobClass<TPayload> jobClass, TPayload payload, SubmitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        client.SubmitAsync<TPayload>(NameOf(jobClass), payload, options, cancellationToken);

    /// <inheritdoc cref="JobClientExtensions.SubmitAsync{TPayload, TResult}(IJobClient, string, TPayload, SubmitOptions?, CancellationToken)"/>
    public static Task<JobHandle<TResult>> SubmitAsync<TPayload, TResult>(
        this IJobClient client, JobClass<TPayload, TResult> jobClass, TPayload payload, SubmitOptions? options = null,
        CancellationToken cancellationToken = default) =>
        client.SubmitAsync<TPayload, TResult>(NameOf(jobClass), payload, options, cancellationToken);

    /// <summary>
    /// Submits jobs of one class, each with options of its own. Each is answered for itself, in order. To be able to repeat them, make them by
    /// <see cref="Describe{TPayload}"/>, which gives them their ids.
    /// </summary>
    /// <exception cref="BatchTooLargeException">There are more than <see cref="JobLimits.MaxSubmitBatch"/>.</exception>
    /// <exception cref="InvalidRequestException">A payload is not valid for its type; nothing was submitted.</exception>
    public static Task<IReadOnlyList<SubmitOutcome>> SubmitManyAsync<TPayload>(
        this IJobClient client, JobClass<TPayload> jobClass, IEnumerable<TPayload> payloads, Func<TPayload, SubmitOptions>? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(payloads);
        return client.SubmitManyAsync([.. payloads.Select(payload => client.Describe(jobClass, payload, options?.Invoke(payload)))], cancellationToken);
    }

    /// <inheritdoc cref="JobClientExtensions.Describe{TPayload}(IJobClient, string, TPayload, SubmitOptions?)"/>
    public static JobSubmission Describe<TPayload>(
        this IJobClient client, JobClass<TPayload> jobClass, TPayload payload, SubmitOptions? options = null) =>
        client.Describe<TPayload>(NameOf(jobClass), payload, options);

    /// <summary>A typed handle on a job of the class submitted earlier, here or elsewhere. Asks the grid nothing.</summary>
    public static JobHandle<TResult> GetHandle<TPayload, TResult>(this IJobClient client, JobClass<TPayload, TResult> jobClass, JobId id)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        return client.GetHandle<TResult>(id);
    }

    /// <summary>The result of a job of the class, such as one from the results queue; the default if it has none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The job's result is of another shape.</exception>
    public static TResult? ReadResult<TPayload, TResult>(this IJobClient client, JobClass<TPayload, TResult> jobClass, JobSnapshot job)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(jobClass);
        ArgumentNullException.ThrowIfNull(job);
        return job.Result is { Length: > 0 } bytes ? client.Serializer.Deserialize<TResult>(bytes) : default;
    }

    private static string NameOf(JobClass jobClass)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        return jobClass.Name;
    }
}
