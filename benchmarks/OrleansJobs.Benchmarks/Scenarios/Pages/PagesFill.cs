using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Storage;
using OrleansJobs.TestKit;

namespace OrleansJobs.Benchmarks.Scenarios.Pages;

/// <summary>
/// Fills a store as a busy month leaves it: three classes of very different size, a thousand tenants of which one has every fourth job, all
/// states, tags that many, few or hardly any jobs have, unique keys, errors.
/// </summary>
internal static class PagesFill
{
    /// <summary>The class with nearly all jobs.</summary>
    public const string Large = "email";

    /// <summary>The class of which there is one job in a thousand, none of them new.</summary>
    public const string Small = "report";

    /// <summary>The class that runs jobs meanwhile.</summary>
    public const string Running = "transcode";

    /// <summary>The class that has no jobs.</summary>
    public const string Empty = "archive";

    /// <summary>The tenant with every fourth job.</summary>
    public const string LargeTenant = "globex";

    /// <summary>The tenant with three jobs, among the oldest.</summary>
    public const string RareTenant = "vandelay";

    /// <summary>The tag that every fifth job has.</summary>
    public const string CommonTag = "nightly";

    /// <summary>The tag that three jobs have, among the oldest.</summary>
    public const string RareTag = "audited";

    /// <summary>A key that one of the oldest jobs has.</summary>
    public const string Key = "order-3";

    /// <summary>What the error of most jobs that failed says.</summary>
    public const string CommonError = "connection refused";

    /// <summary>What the error of one of the oldest jobs says.</summary>
    public const string RareError = "no space left";

    private const int Tenants = 1_000;
    private const int Batch = 10_000;
    private const int BatchesAtOnce = 3;
    private static readonly TimeSpan Span = TimeSpan.FromDays(30);
    private static readonly byte[] Payload = [.. "{\"to\":\"somebody@example.org\",\"subject\":\"What you have waited for\",\"body\":\""u8, .. Enumerable.Repeat((byte)'x', 90), .. "\"}"u8];
    private static readonly string Stack = string.Join('\n', Enumerable.Range(0, 12).Select(line => $"   at Example.Mail.Relay.SendAsync(Envelope envelope, Int32 part) in Relay.cs:line {40 + line}"));

    /// <summary>The end of the time in which the jobs were submitted.</summary>
    public static DateTimeOffset End { get; } = DateTimeOffset.UtcNow;

    public static async Task FillAsync(IJobStore store, int jobs)
    {
        var underWay = new Queue<Task>();
        for (var first = 0; first < jobs; first += Batch)
        {
            underWay.Enqueue(store.InsertAllAsync([.. Enumerable.Range(first, Math.Min(Batch, jobs - first)).Select(number => Job(number, jobs))]));
            if (underWay.Count == BatchesAtOnce)
            {
                await underWay.Dequeue();
            }
        }

        await Task.WhenAll(underWay);
    }

    private static JobRecord Job(int number, int jobs)
    {
        var at = End - (Span * ((jobs - number) / (double)jobs));
        var state = StateOf(number, jobs);
        return new JobRecord
        {
            Id = JobId.New(at),
            JobClass = ClassOf(number, jobs),
            Tenant = number is 1 or 5 or 9 ? RareTenant : number % 4 == 0 ? LargeTenant : $"tenant-{number * 7919L % Tenants:000}",
            UniqueKey = number % 10 == 3 ? $"order-{number}" : null,
            Tags = TagsOf(number),
            Payload = Payload,
            State = state,
            SubmittedAt = at,
            DueAt = state is JobState.Scheduled or JobState.Retrying ? End.AddDays(1) : at,
            MaxAttempts = 10,
            Attempt = state.IsTerminal() ? 1 : 0,
            Silo = state.IsTerminal() ? "silo-1" : null,
            StartedAt = state.IsTerminal() ? at.AddSeconds(1) : null,
            FinishedAt = state.IsTerminal() ? at.AddSeconds(2) : null,
            LastError = ErrorOf(number, state),
        };
    }

    private static string ClassOf(int number, int jobs) =>
        number < jobs / 2 && number % 500 == 0 ? Small : number % 10 == 7 ? Running : Large;

    /// <summary>Most have succeeded; those that wait are among the newest, and a few that were put off long ago.</summary>
    private static JobState StateOf(int number, int jobs) => (number % 100) switch
    {
        < 3 => JobState.DeadLettered,
        3 => JobState.Cancelled,
        4 when number % 1_000 == 4 => JobState.Retrying,
        5 when number % 1_000 == 5 => JobState.Scheduled,
        _ => number > jobs - (jobs / 40) ? JobState.Queued : JobState.Succeeded,
    };

    private static IReadOnlyList<string> TagsOf(int number) => number switch
    {
        2 or 6 or 11 => [RareTag],
        _ when number % 5 == 0 => [CommonTag],
        _ when number % 97 == 1 => ["vip", $"campaign-{number / 20_000}"],
        _ => [],
    };

    private static JobError? ErrorOf(int number, JobState state) => state switch
    {
        _ when number == 2 => new JobError("System.IO.IOException", "There is no space left on the device.", Stack),
        JobState.DeadLettered or JobState.Retrying =>
            new JobError("System.Net.Mail.SmtpException", $"Mail relay {number % 7}: connection refused after {number % 90} s.", Stack),
        JobState.Cancelled => new JobError(JobError.Cancelled, "The customer has changed their mind."),
        _ => null,
    };
}
