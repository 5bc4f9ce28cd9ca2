namespace OrleansJobs.Core.Insight;

/// <summary>
/// How run time depends on the number of jobs that run at once, from attempts that ran among few and attempts that ran among as many as
/// now. Between and beyond them run time goes along a straight line; throughput at N jobs is then N / run time, by J. Little's law: with a
/// flat line each slot adds as much as the first, with one through the origin more slots add nothing (the contention term of N. Gunther's
/// scalability law).
/// </summary>
/// <param name="Few">Attempts among few.</param>
/// <param name="Many">Attempts among as many as now.</param>
internal sealed record ContentionModel(RunSample Few, RunSample Many)
{
    /// <summary>Run times differ for certain when the difference of their means is so many times its standard error.</summary>
    private const double MinCertainty = 4;

    /// <summary>Jobs are slowed down when they take so many times as long among many as among few.</summary>
    private const double SlowedDown = 2;

    /// <summary>Whether jobs take much longer among many than among few, and that is not chance.</summary>
    public bool IsSlowedDown => Many.Seconds >= SlowedDown * Few.Seconds && Many.Seconds - Few.Seconds > MinCertainty * StandardError;

    private double Slope => Math.Clamp((Many.Seconds - Few.Seconds) / (Many.Running - Few.Running), 0, Many.Seconds / Many.Running);

    /// <summary>
    /// Few attempts may happen to look alike: their spread is taken to be no less, in proportion, than that of the many.
    /// </summary>
    private double StandardError
    {
        get
        {
            var spread = Few.Seconds * Few.Seconds * Many.Variance / Math.Max(double.Epsilon, Many.Seconds * Many.Seconds);
            return Math.Sqrt((Math.Max(Few.Variance, spread) / Few.Count) + (Many.Variance / Many.Count));
        }
    }

    /// <summary>Seconds that a job takes with so many at once.</summary>
    public double SecondsAt(double running) => Math.Max(double.Epsilon, Many.Seconds + (Slope * (running - Many.Running)));

    /// <summary>Jobs per second that so many at once end.</summary>
    public double ThroughputAt(double running) => running / SecondsAt(running);
}
