namespace OrleansJobs.Core.Insight;

/// <summary>Attempts that ran among about as many others.</summary>
/// <param name="Running">How many ran at once, on average over them.</param>
/// <param name="Seconds">The mean of their run times.</param>
/// <param name="Variance">The variance of their run times.</param>
/// <param name="Count">How many they count for.</param>
internal readonly record struct RunSample(double Running, double Seconds, double Variance, double Count)
{
    /// <summary>Both together.</summary>
    public RunSample With(RunSample other)
    {
        var count = Count + other.Count;
        var (part, rest) = (other.Count / count, Count / count);
        var apart = other.Seconds - Seconds;
        return new RunSample(
            (rest * Running) + (part * other.Running),
            (rest * Seconds) + (part * other.Seconds),
            (rest * Variance) + (part * other.Variance) + (part * rest * apart * apart),
            count);
    }
}
