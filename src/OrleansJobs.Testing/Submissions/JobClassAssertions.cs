namespace OrleansJobs.Testing;

/// <summary>Asks whether jobs of a declared class were submitted. See <see cref="SubmissionAssertions"/>.</summary>
public static class JobClassAssertions
{
    /// <inheritdoc cref="SubmissionAssertions.AssertSubmitted{TPayload}(RecordingJobClient, string, Func{TPayload, bool}?)"/>
    public static SubmittedJob AssertSubmitted<TPayload>(
        this RecordingJobClient client, JobClass<TPayload> jobClass, Func<TPayload, bool>? match = null)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        return client.AssertSubmitted(jobClass.Name, match);
    }

    /// <inheritdoc cref="SubmissionAssertions.AssertSubmitted{TPayload}(RecordingJobClient, string, int, Func{TPayload, bool}?)"/>
    public static void AssertSubmitted<TPayload>(
        this RecordingJobClient client, JobClass<TPayload> jobClass, int times, Func<TPayload, bool>? match = null)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        client.AssertSubmitted(jobClass.Name, times, match);
    }

    /// <inheritdoc cref="SubmissionAssertions.AssertNotSubmitted{TPayload}"/>
    public static void AssertNotSubmitted<TPayload>(
        this RecordingJobClient client, JobClass<TPayload> jobClass, Func<TPayload, bool>? match = null)
    {
        ArgumentNullException.ThrowIfNull(jobClass);
        client.AssertNotSubmitted(jobClass.Name, match);
    }
}
