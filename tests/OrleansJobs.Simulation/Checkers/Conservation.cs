using OrleansJobs.Core.Lifecycle.Commands;
using OrleansJobs.Simulation.Chronicle;

namespace OrleansJobs.Simulation.Checkers;

/// <summary>I1: nothing that was answered is lost or deleted while it is open, nothing is answered before it is durable, and a job ends once.</summary>
internal sealed class Conservation : IChecker
{
    public string Name => nameof(Conservation);

    public string Invariant => "I1: a job whose submit was answered is never lost; it reaches exactly one terminal state unless it is still open.";

    public IEnumerable<Violation> Check(Run run) =>
        [.. Moves(run), .. Deletions(run), .. Answers(run), .. Rows(run)];

    private static IEnumerable<Violation> Moves(Run run)
    {
        foreach (var (write, before) in JobStories.Writes(run))
        {
            var row = write.Row;
            if (before is null ? write.Cause != "submit" || row.Version != 1 : row.Version != before.Version + 1)
            {
                yield return Of(write, $"version {row.Version} was written over version {before?.Version ?? 0}, so a change was lost");
            }
            else if (before is not null && before.State >= JobState.Succeeded && write.Cause != "RetryNow")
            {
                yield return Of(write, $"the job had ended as {before.State} and became {row.State} by {write.Cause}");
            }
            else if (before is { State: JobState.Succeeded })
            {
                yield return Of(write, "a job that had succeeded was put back");
            }
        }
    }

    private static IEnumerable<Violation> Deletions(Run run) => run.History.OfType<Deleted>()
        .Where(deleted => deleted.Row.State < JobState.Succeeded)
        .Select(deleted => new Violation($"an open job was deleted: it was {deleted.Row.State}", deleted.At, deleted.Row.Id, deleted.Row.JobClass));

    private static IEnumerable<Violation> Answers(Run run)
    {
        var versions = new Dictionary<JobId, long>();
        var gone = new HashSet<JobId>();
        var acks = new HashSet<(JobId, long)>();
        foreach (var happened in run.History)
        {
            switch (happened)
            {
                case Stored write:
                    versions[write.Row.Id] = write.Row.Version;
                    if (write.CauseToken is { } token && write.Cause != "Report")
                    {
                        acks.Add((write.Row.Id, token));
                    }

                    break;
                case Deleted deleted:
                    gone.Add(deleted.Row.Id);
                    break;
                case CommandAnswered { Command: nameof(Delete) } delete when gone.Contains(delete.Job):
                    break;
                case CommandAnswered { Command: nameof(Delete) } delete:
                    yield return new Violation("a delete was answered, and the job was never deleted", delete.At, delete.Job, delete.JobClass);
                    break;
                case SubmitAnswered submit when !versions.ContainsKey(submit.Job):
                    yield return new Violation($"a submit was answered as {submit.Status} before job {submit.Job} was stored", submit.At, submit.Submitted, submit.JobClass);
                    break;
                case CommandAnswered { Version: > 0 } command when versions.GetValueOrDefault(command.Job) < command.Version:
                    yield return new Violation(
                        $"{command.Command} was answered with version {command.Version}, and the store has {versions.GetValueOrDefault(command.Job)}",
                        command.At, command.Job, command.JobClass);
                    break;
                case CommandAnswered { Version: 0, Token: { } used } ack when !acks.Contains((ack.Job, used)):
                    yield return new Violation($"{ack.Command} with token {used} was accepted, and nothing was ever stored for it", ack.At, ack.Job, ack.JobClass);
                    break;
            }
        }
    }

    private static IEnumerable<Violation> Rows(Run run)
    {
        var last = new Dictionary<JobId, Stored>();
        foreach (var happened in run.History)
        {
            if (happened is Stored write)
            {
                last[write.Row.Id] = write;
            }
            else if (happened is Deleted deleted)
            {
                last.Remove(deleted.Row.Id);
            }
        }

        foreach (var row in run.Rows)
        {
            if (!last.Remove(row.Id, out var known) || known.Row.Version != row.Version || known.Row.State != row.State)
            {
                yield return new Violation($"the store has the job as {row.State}, version {row.Version}, which nobody wrote", run.EndedAt, row.Id, row.JobClass);
            }
        }

        foreach (var lost in last.Values)
        {
            yield return Of(lost, "the job was stored and is not there any more");
        }

        foreach (var doubled in run.Rows.Where(row => row.UniqueKey is not null).GroupBy(row => (row.JobClass, row.UniqueKey)).Where(group => group.Count() > 1))
        {
            yield return new Violation($"{doubled.Count()} jobs have the unique key '{doubled.Key.UniqueKey}'", run.EndedAt, doubled.First().Id, doubled.Key.JobClass);
        }
    }

    private static Violation Of(Stored write, string words) => new(words, write.At, write.Row.Id, write.Row.JobClass);
}
