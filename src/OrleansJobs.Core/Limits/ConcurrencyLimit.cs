namespace OrleansJobs.Core.Limits;

/// <summary>How many may run at once.</summary>
/// <param name="Max">The limit; 0 means none.</param>
public readonly record struct ConcurrencyLimit(int Max)
{
    /// <summary>Whether there is no limit.</summary>
    public bool IsUnlimited => Max == 0;

    /// <summary>Whether one more may start beside those that run.</summary>
    public bool Allows(int running) => Max == 0 || running < Max;
}
