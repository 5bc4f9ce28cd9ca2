using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrleansJobs;

/// <summary>The typed side of <see cref="IJobClient"/>.</summary>
public static class JobClientExtensions
{
    private const int ResultsPageSize = 500;
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);

    /// <summary>Submits a job. When it returns, the job is durable.</summary>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    /// <exception cref="PayloadTooLargeException">The payload is over <see cref="JobLimits.MaxPayloadBytes"/>.</exception>
    /// <exception cref="InvalidRequestException">The payload is not valid for its type, or an option is out of range.</exception>
    /// <exception cref="DuplicateJobException">The id is taken by a job with another payload.</exception>
    public static async Task<JobHandle> SubmitAsync<TPayload>(
        this IJobClient client, string jobClass, TPayload payload, SubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var outcome = await client.SubmitAsync(client.Describe(jobClass, payload, options), cancellationToken);
        return new JobHandle(client, outcome.Id, outcome.Status);
    }

    /// <summary>Submits a job whose handler gives a result of the given type.</summary>
    public static async Task<JobHandle<TResult>> SubmitAsync<TPayload, TResult>(
        this IJobClient client, string jobClass, TPayload payload, SubmitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var outcome = await client.SubmitAsync(client.Describe(jobClass, payload, options), cancellationToken);
        return new JobHandle<TResult>(client, outcome.Id, outcome.Status);
    }

    /// <summary>Submits one job whose payload is already in bytes; throws if it is refused.</summary>
    public static async Task<SubmitOutcome> SubmitAsync(
        this IJobClient client, JobSubmission submission, CancellationToken cancellationToken = default)
    {
        var outcomes = await client.SubmitManyAsync([submission], cancellationToken);
        return outcomes[0].OrThrow();
    }

    /// <summary>Makes the submission of a typed payload, for <see cref="IJobClient.SubmitManyAsync"/>.</summary>
    /// <exception cref="InvalidRequestException">
    /// The payload is not valid for its type: it is null, or has null where the type does not allow it.
    /// </exception>
    public static JobSubmission Describe<TPayload>(
        this IJobClient client, string jobClass, TPayload payload, SubmitOptions? options = null)
    {
        options ??= SubmitOptions.Default;
        return new JobSubmission
        {
            Id = options.Id ?? JobId.New(),
            JobClass = jobClass,
            Payload = Write(client.Serializer, payload),
            Options = options,
        };
    }

    /// <summary>A handle on a job submitted earlier, here or elsewhere. Asks the grid nothing.</summary>
    public static JobHandle GetHandle(this IJobClient client, JobId id) => new(client, id, SubmitStatus.AlreadySubmitted);

    /// <summary>A typed handle on a job submitted earlier, here or elsewhere. Asks the grid nothing.</summary>
    public static JobHandle<TResult> GetHandle<TResult>(this IJobClient client, JobId id) =>
        new(client, id, SubmitStatus.AlreadySubmitted);

    /// <summary>The job.</summary>
    /// <exception cref="JobNotFoundException">The grid does not know it.</exception>
    public static async Task<JobSnapshot> GetAsync(this IJobClient client, JobId id, CancellationToken cancellationToken = default) =>
        await client.FindAsync(id, cancellationToken) ?? throw new JobNotFoundException(id);

    /// <summary>Starts nothing new of the class until it is resumed. Running jobs go on.</summary>
    public static Task<JobClassSettings> PauseAsync(
        this IJobClient client, string jobClass, CancellationToken cancellationToken = default) =>
        client.ChangeClassAsync(jobClass, new JobClassChange { Paused = true }, cancellationToken);

    /// <summary>Ends a pause.</summary>
    public static Task<JobClassSettings> ResumeAsync(
        this IJobClient client, string jobClass, CancellationToken cancellationToken = default) =>
        client.ChangeClassAsync(jobClass, new JobClassChange { Paused = false }, cancellationToken);

    /// <summary>
    /// The class's results queue: finished jobs in order, at least once. Keep the last <see cref="FinishedJob.Sequence"/> that was dealt
    /// with, and give it as <paramref name="after"/> to resume. A stream that follows survives restarts of the silos: it goes on after the
    /// last entry that it gave; it ends only by the token.
    /// </summary>
    /// <param name="client">The grid.</param>
    /// <param name="jobClass">The class.</param>
    /// <param name="after">The last entry that was dealt with; 0 for the beginning.</param>
    /// <param name="follow">Whether to wait for more at the end (until cancelled) or to stop there.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="UnknownJobClassException">The grid has no such class.</exception>
    /// <exception cref="GridUnavailableException">The grid is away, and the stream does not follow.</exception>
    public static IAsyncEnumerable<FinishedJob> ReadResultsAsync(
        this IJobClient client, string jobClass, long after = 0, bool follow = true, CancellationToken cancellationToken = default) =>
        follow
            ? FollowResultsAsync(client, jobClass, after, TimeProvider.System, cancellationToken)
            : ReadStoredResultsAsync(client, jobClass, after, cancellationToken);

    /// <summary>The results queue, on and on; pauses between tries to reach the grid go by the given time.</summary>
    internal static async IAsyncEnumerable<FinishedJob> FollowResultsAsync(
        IJobClient client, string jobClass, long after, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var patience = new ReconnectPatience(time);
        while (true)
        {
            foreach (var finished in await NextResultsAsync(client, jobClass, after, patience, cancellationToken))
            {
                yield return finished;
                after = finished.Sequence;
            }
        }
    }

    /// <summary>What the handler would refuse is refused here, where somebody can still act.</summary>
    private static byte[] Write<TPayload>(JobSerializer serializer, TPayload payload)
    {
        try
        {
            return serializer.SerializePayload(payload);
        }
        catch (JsonException error)
        {
            throw new InvalidRequestException($"The payload is not a valid {typeof(TPayload)}: {error.Message}");
        }
    }

    private static async IAsyncEnumerable<FinishedJob> ReadStoredResultsAsync(
        IJobClient client, string jobClass, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await client.ReadFinishedAsync(jobClass, after, ResultsPageSize, TimeSpan.Zero, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var finished in page)
            {
                yield return finished;
                after = finished.Sequence;
            }
        }
    }

    private static async Task<IReadOnlyList<FinishedJob>> NextResultsAsync(
        IJobClient client, string jobClass, long after, ReconnectPatience patience, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ReadFinishedAsync(jobClass, after, ResultsPageSize, LongPoll, cancellationToken);
            patience.Reset();
            return page;
        }
        catch (GridUnavailableException)
        {
            await patience.PauseAsync(cancellationToken);
            return [];
        }
    }
}
