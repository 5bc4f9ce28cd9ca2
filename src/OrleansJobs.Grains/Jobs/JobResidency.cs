namespace OrleansJobs.Grains.Jobs;

/// <summary>
/// How many job grains are in this silo's memory. A job that is about to run is best kept there; one in a long backlog is not, so beyond
/// the limit job grains leave as soon as their job is stored.
/// </summary>
internal sealed class JobResidency
{
    /// <summary>Job grains of a silo that stay in memory while their jobs wait.</summary>
    public const int MaxResidentJobs = 20_000;

    private int _count;

    public bool IsFull => Volatile.Read(ref _count) > MaxResidentJobs;

    public void Entered() => Interlocked.Increment(ref _count);

    public void Left() => Interlocked.Decrement(ref _count);
}
