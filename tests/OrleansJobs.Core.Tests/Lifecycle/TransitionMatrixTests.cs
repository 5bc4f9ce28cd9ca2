using OrleansJobs.Core.Lifecycle;
using OrleansJobs.Core.Lifecycle.Commands;

namespace OrleansJobs.Core.Tests.Lifecycle;

/// <summary>Every command in every state: the verdict, and for a change the next state; then the effects.</summary>
public sealed class TransitionMatrixTests
{
    /// <summary>A dot stands for the refusal that is usual for the command: see <see cref="UsualRefusals"/>.</summary>
    private const string Matrix = """
        command           | Scheduled                    | ScheduledDue                 | Queued                       | Retrying                     | RetryingDue                  | Running             | Cancelling           | Succeeded | DeadLettered          | Cancelled
        Start             | NotDue                       | Running                      | Running                      | NotDue                       | Running                      | .                   | .                    | .         | .                     | .
        Complete          | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Succeeded Finish    | Succeeded Finish     | Repeated  | Repeated              | Repeated
        CompleteStale     | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        CompleteUnknown   | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        Fail              | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Retrying            | Cancelled Finish     | Repeated  | Repeated              | Repeated
        FailStale         | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        FailForGood       | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | DeadLettered Finish | Cancelled Finish     | Repeated  | Repeated              | Repeated
        Snooze            | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Scheduled           | Cancelled Finish     | Repeated  | Repeated              | Repeated
        SnoozeStale       | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        Abandon           | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Cancelled Finish    | Cancelled Finish     | Repeated  | Repeated              | Repeated
        AbandonStale      | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        Release           | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Queued              | Cancelled Finish     | Repeated  | Repeated              | Repeated
        ReleaseStale      | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        Report            | .                            | .                            | .                            | .                            | .                            | Running             | Running              | .         | .                     | .
        ReportStale       | .                            | .                            | .                            | .                            | .                            | .                   | .                    | .         | .                     | .
        EndIsolation      | .                            | .                            | .                            | .                            | .                            | Repeated            | Repeated             | .         | .                     | .
        PutOff            | Scheduled                    | Scheduled                    | Scheduled                    | Scheduled                    | Scheduled                    | .                   | .                    | .         | .                     | .
        Expire            | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Queued              | Cancelled Finish     | Repeated  | Repeated              | Repeated
        ExpireToken       | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Queued              | Cancelled Finish     | Repeated  | Repeated              | Repeated
        ExpireStale       | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | StaleLease          | StaleLease           | Repeated  | Repeated              | Repeated
        ExpireElsewhere   | Repeated                     | Repeated                     | Repeated                     | Repeated                     | Repeated                     | StaleLease          | StaleLease           | Repeated  | Repeated              | Repeated
        Cancel            | Cancelled Withdraw Finish    | Cancelled Withdraw Finish    | Cancelled Withdraw Finish    | Cancelled Withdraw Finish    | Cancelled Withdraw Finish    | Running StopAttempt | Repeated StopAttempt | .         | .                     | Repeated
        RetryNow          | Queued Enqueue               | Queued Enqueue               | Repeated Enqueue             | Queued Enqueue               | Queued Enqueue               | .                   | .                    | .         | Queued Enqueue Arrive | Queued Enqueue Arrive
        SendToDeadLetters | DeadLettered Withdraw Finish | DeadLettered Withdraw Finish | DeadLettered Withdraw Finish | DeadLettered Withdraw Finish | DeadLettered Withdraw Finish | .                   | .                    | .         | Repeated              | .
        Delete            | .                            | .                            | .                            | .                            | .                            | .                   | .                    | Succeeded Delete | DeadLettered Delete | Cancelled Delete
        """;

    private static readonly Dictionary<string, JobCommand> Commands = new()
    {
        ["Start"] = new Start(Sample.OtherSilo),
        ["Complete"] = new Complete(Sample.Token, null),
        ["CompleteStale"] = new Complete(Sample.Token - 1, null),
        ["CompleteUnknown"] = new Complete(Sample.Token + 1, null),
        ["Fail"] = Sample.Fail(),
        ["FailStale"] = Sample.Fail(Sample.Token - 1),
        ["FailForGood"] = Sample.Fail(retryable: false),
        ["Snooze"] = new Snooze(Sample.Token, TimeSpan.FromMinutes(2)),
        ["SnoozeStale"] = new Snooze(Sample.Token - 1, TimeSpan.FromMinutes(2)),
        ["Abandon"] = new Abandon(Sample.Token, "stopped"),
        ["AbandonStale"] = new Abandon(Sample.Token - 1, "stopped"),
        ["Release"] = new Release(Sample.Token),
        ["ReleaseStale"] = new Release(Sample.Token - 1),
        ["Report"] = new Report(Sample.Token, new JobProgress(0.7, null, Sample.Now), null),
        ["ReportStale"] = new Report(Sample.Token - 1, new JobProgress(0.7, null, Sample.Now), null),
        ["EndIsolation"] = new EndIsolation(Sample.Token),
        ["PutOff"] = new PutOff(TimeSpan.FromSeconds(2)),
        ["Expire"] = new Expire(Sample.Silo),
        ["ExpireToken"] = new Expire(Sample.Silo, Sample.Token),
        ["ExpireStale"] = new Expire(Sample.Silo, Sample.Token - 1),
        ["ExpireElsewhere"] = new Expire(Sample.OtherSilo),
        ["Cancel"] = new Cancel("not wanted"),
        ["RetryNow"] = new RetryNow(),
        ["Delete"] = new Delete(),
        ["SendToDeadLetters"] = new SendToDeadLetters("given up"),
    };

    public static TheoryData<string, string, string> Cells()
    {
        var cells = new TheoryData<string, string, string>();
        var rows = Matrix.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                cells.Add(row[0], rows[0][column], row[column] == "." ? UsualRefusals(row[0]) : row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Command_InState_IsDecidedAsTabled(string command, string state, string expected)
    {
        var job = JobIn(state);
        var transition = job.Decide(Commands[command]);

        Assert.Equal(expected, Describe(transition));
        Assert.Equal(transition.IsChange ? job.Version + 1 : job.Version, transition.Next.Version);
        if (!transition.IsChange)
        {
            Assert.Same(job, transition.Next);
        }
    }

    [Fact]
    public void Matrix_HoldsEveryCommandInEveryState()
    {
        var kinds = typeof(JobCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JobCommand)) && !type.IsAbstract);
        Assert.Empty(kinds.Except(Commands.Values.Select(command => command.GetType())));
        Assert.Equal(Commands.Count * 10, Cells().Count);
        Assert.Empty(Enum.GetValues<JobState>().Except(StateNames.Select(name => JobIn(name).State)));
    }

    private static IEnumerable<string> StateNames => Matrix.Split('\n')[0].Split('|', StringSplitOptions.TrimEntries).Skip(1);

    private static string UsualRefusals(string command) =>
        command is "Start" or "PutOff" or "Cancel" or "RetryNow" or "SendToDeadLetters" or "Delete" ? nameof(Verdict.WrongState) : nameof(Verdict.StaleLease);

    private static JobRecord JobIn(string state) => state switch
    {
        "ScheduledDue" => Sample.Job(JobState.Scheduled) with { DueAt = Sample.Now },
        "RetryingDue" => Sample.Job(JobState.Retrying) with { DueAt = Sample.Now },
        "Cancelling" => Sample.Cancelling,
        _ => Sample.Job(Enum.Parse<JobState>(state)),
    };

    private static string Describe(Transition transition)
    {
        var outcome = transition.IsChange ? $"{transition.Next.State}" : $"{transition.Verdict}";
        return transition.Effects == Effects.None ? outcome : $"{outcome} {transition.Effects.ToString().Replace(",", "")}";
    }
}
