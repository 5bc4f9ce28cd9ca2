namespace OrleansJobs.Cli.Submit;

/// <summary>Counts what becomes of a submit's jobs.</summary>
internal sealed class SubmitTally
{
    private readonly Dictionary<SubmitStatus, int> _answers = [];
    private readonly Dictionary<JobState, int> _ends = [];

    public int Answered => _answers.Values.Sum();

    private int Ended => _ends.Values.Sum();

    public bool AllWell => !_answers.ContainsKey(SubmitStatus.Refused) && _ends.Keys.All(state => state == JobState.Succeeded);

    public void Count(SubmitStatus status) => _answers[status] = _answers.GetValueOrDefault(status) + 1;

    public void Count(JobState state) => _ends[state] = _ends.GetValueOrDefault(state) + 1;

    /// <summary>What became of the submits, in a sentence.</summary>
    public string Submits() => $"{Answered} {(Answered == 1 ? "job" : "jobs")}: " + Join(
        (SubmitStatus.Accepted, "accepted"),
        (SubmitStatus.AlreadySubmitted, "already submitted"),
        (SubmitStatus.UniqueKeyTaken, "with a unique key that is taken"),
        (SubmitStatus.Refused, "refused")) + ".";

    /// <summary>How the jobs ended, in a sentence.</summary>
    public string Ends(TimeSpan took) =>
        $"{Ended} ended: {Of(JobState.Succeeded)} succeeded, {Of(JobState.DeadLettered)} dead-lettered, "
        + $"{Of(JobState.Cancelled)} cancelled, in {took.TotalSeconds:0.0} s.";

    private int Of(JobState state) => _ends.GetValueOrDefault(state);

    private string Join(params (SubmitStatus Status, string Text)[] parts)
    {
        var shown = parts.Where(part => _answers.ContainsKey(part.Status)).Select(part => $"{_answers[part.Status]} {part.Text}").ToList();
        return shown.Count == 0 ? "nothing to submit" : string.Join(", ", shown);
    }
}
