namespace OrleansJobs.Client;

/// <summary>Parts a batch into messages that get through: Orleans gives up on a message that is too large, and so would every repetition.</summary>
internal static class SubmitParts
{
    /// <summary>
    /// The batch in its order, in parts of at most <see cref="JobLimits.MaxSubmitBatchBytes"/> of payloads. A job whose payload is over
    /// its limit is a part by itself.
    /// </summary>
    public static IEnumerable<IReadOnlyList<JobSubmission>> Of(IReadOnlyList<JobSubmission> submissions)
    {
        var part = new List<JobSubmission>();
        var bytes = 0L;
        foreach (var submission in submissions)
        {
            var weight = Weigh(submission);
            if (part.Count > 0 && bytes + weight > JobLimits.MaxSubmitBatchBytes)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(submission);
            bytes += weight;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static long Weigh(JobSubmission submission) => submission.Payload.Length <= JobLimits.MaxPayloadBytes
        ? submission.Payload.Length
        : JobLimits.MaxSubmitBatchBytes + 1L;
}
