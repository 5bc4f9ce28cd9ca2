using OrleansJobs.GridClient;
using OrleansJobs.Cli.Output;
using OrleansJobs.Http;

namespace OrleansJobs.Cli.Submit;

/// <summary>One <c>jobs submit</c> of several jobs: submits them, waits for them if asked to, and reports.</summary>
internal sealed class SubmitRun(Session session, bool wait)
{
    /// <summary>Failures told one by one; the others are only counted.</summary>
    private const int MaxFailuresTold = 20;

    private readonly SubmitTally _tally = new();
    private readonly List<SubmitAnswer> _toWaitFor = [];
    private readonly long _start = session.Io.Time.GetTimestamp();
    private int _told;

    /// <param name="lines">The jobs.</param>
    /// <param name="total">How many there are, if that is known.</param>
    /// <param name="cancellationToken">Stops it; what was submitted stays submitted.</param>
    public async Task<int> RunAsync(IAsyncEnumerable<JobLine> lines, int? total, CancellationToken cancellationToken)
    {
        try
        {
            await SubmitProgress.ShowAsync(session.Screen, wait, total, progress => WorkAsync(lines, progress, cancellationToken));
        }
        catch (Exception) when (_tally.Answered > 0)
        {
            Summarize();
            throw;
        }

        Summarize();
        return _tally.AllWell ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task WorkAsync(IAsyncEnumerable<JobLine> lines, SubmitProgress progress, CancellationToken cancellationToken)
    {
        await new Submitter(session.Grid, session.Io.Time, answer => OnAnswer(answer, progress)).RunAsync(lines, cancellationToken);
        progress.AllSubmitted(_toWaitFor.Count);
        await new JobFollower(session.Grid, session.Io.Time).WaitAllAsync(
            _toWaitFor, answer => answer.Id!.Value, (answer, job) => OnEnded(answer, job, progress), cancellationToken);
    }

    private void OnAnswer(SubmitAnswer answer, SubmitProgress progress)
    {
        _tally.Count(answer.Status);
        progress.Submitted();
        if (answer.Error is { } error)
        {
            Tell($"line {answer.Line}: {error.Detail}");
        }
        else if (wait)
        {
            _toWaitFor.Add(answer);
            return;
        }

        Print(SubmitLine.Of(answer));
    }

    private void OnEnded(SubmitAnswer answer, JobSnapshot job, SubmitProgress progress)
    {
        _tally.Count(job.State);
        progress.Ended();
        if (job.State != JobState.Succeeded)
        {
            Tell(JobView.Failure(job));
        }

        Print(SubmitLine.Of(answer, job));
    }

    private void Print(SubmitLine line)
    {
        if (session.Screen.IsJson)
        {
            session.Screen.Json(line);
        }
    }

    private void Tell(string failure)
    {
        if (++_told <= MaxFailuresTold)
        {
            session.Screen.Message(failure);
        }
    }

    private void Summarize()
    {
        if (_told > MaxFailuresTold)
        {
            session.Screen.Message($"… and {_told - MaxFailuresTold} more.");
        }

        Action<string> print = session.Screen.IsJson ? session.Screen.Message : session.Screen.Line;
        print(_tally.Submits());
        if (wait)
        {
            print(_tally.Ends(session.Io.Time.GetElapsedTime(_start)));
        }
    }
}
