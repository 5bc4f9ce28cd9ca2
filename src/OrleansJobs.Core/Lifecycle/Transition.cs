namespace OrleansJobs.Core.Lifecycle;

/// <summary>A decision about a command.</summary>
/// <param name="Verdict">What became of the command.</param>
/// <param name="Next">The job after it; the unchanged job unless the verdict is <see cref="Verdict.Applied"/>.</param>
/// <param name="Effects">What to do once <paramref name="Next"/> is stored, or the job is deleted.</param>
public readonly record struct Transition(Verdict Verdict, JobRecord Next, Effects Effects = Effects.None)
{
    /// <summary>Whether <see cref="Next"/> has to be stored, or the job to be deleted.</summary>
    public bool IsChange => Verdict == Verdict.Applied;

    /// <summary>Whether the job has to be deleted.</summary>
    public bool IsDeletion => Effects.HasFlag(Effects.Delete);

    /// <summary>Whether the command holds: it was applied now or before.</summary>
    public bool IsAccepted => Verdict is Verdict.Applied or Verdict.Repeated;
}
