using System.Text;
using System.Text.Json;

namespace OrleansJobs.Testing;

/// <summary>Asks whether jobs were submitted. Refused submits do not count; a repeated one does.</summary>
public static class SubmissionAssertions
{
    /// <summary>Submits that a failure shows at most.</summary>
    private const int MaxShown = 20;

    /// <summary>Characters of a payload that a failure shows at most.</summary>
    private const int MaxShownPayload = 200;

    /// <summary>Asserts that a job with such a payload was submitted, and gives the first one.</summary>
    /// <param name="client">The client through which the code under test submitted.</param>
    /// <param name="jobClass">The class.</param>
    /// <param name="match">What the payload has to be like; anything by default.</param>
    /// <exception cref="JobAssertionException">There is none; the message lists what was submitted.</exception>
    public static SubmittedJob AssertSubmitted<TPayload>(
        this RecordingJobClient client, string jobClass, Func<TPayload, bool>? match = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.Find(jobClass, match).FirstOrDefault() ?? throw new JobAssertionException(
            $"No job of class '{jobClass}' with a matching {typeof(TPayload).Name} was submitted. {Listing(client.Submitted)}");
    }

    /// <summary>Asserts that exactly so many jobs with such a payload were submitted.</summary>
    /// <exception cref="JobAssertionException">There are more or fewer; the message lists what was submitted.</exception>
    public static void AssertSubmitted<TPayload>(
        this RecordingJobClient client, string jobClass, int times, Func<TPayload, bool>? match = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        var found = client.Find(jobClass, match).Count();
        if (found != times)
        {
            throw new JobAssertionException(
                $"{found} jobs of class '{jobClass}' with a matching {typeof(TPayload).Name} were submitted, not {times}. {Listing(client.Submitted)}");
        }
    }

    /// <summary>Asserts that no job with such a payload was submitted.</summary>
    /// <exception cref="JobAssertionException">There is one; the message lists what was submitted.</exception>
    public static void AssertNotSubmitted<TPayload>(
        this RecordingJobClient client, string jobClass, Func<TPayload, bool>? match = null) =>
        client.AssertSubmitted(jobClass, times: 0, match);

    private static IEnumerable<SubmittedJob> Find<TPayload>(this RecordingJobClient client, string jobClass, Func<TPayload, bool>? match) =>
        client.Submitted.Where(job =>
            job.Outcome.Error is null
            && job.Submission.JobClass == jobClass
            && client.Reads(job.Submission, match ?? (_ => true)));

    private static bool Reads<TPayload>(this RecordingJobClient client, JobSubmission submission, Func<TPayload, bool> match)
    {
        try
        {
            return match(client.Serializer.DeserializePayload<TPayload>(submission.Payload));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Listing(IReadOnlyList<SubmittedJob> submitted)
    {
        if (submitted.Count == 0)
        {
            return "Nothing was submitted.";
        }

        var text = new StringBuilder($"Submitted ({submitted.Count}):");
        foreach (var job in submitted.Take(MaxShown))
        {
            var payload = Encoding.UTF8.GetString(job.Submission.Payload.Span);
            var shown = payload.Length <= MaxShownPayload ? payload : payload[..MaxShownPayload] + "…";
            text.AppendLine().Append($"  {job.Submission.JobClass} {shown}").Append(job.Outcome.Error is { } error ? $" (refused: {error.Message})" : "");
        }

        return (submitted.Count > MaxShown ? text.AppendLine().Append("  …") : text).ToString();
    }
}
