namespace OrleansJobs;

/// <summary>The pool of one class on one silo.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Permits">Jobs it runs at once at most.</param>
/// <param name="Running">Slots it holds.</param>
/// <param name="Draining">Whether it takes no more jobs because the silo stops.</param>
/// <param name="SeenAt">When its agent last spoke.</param>
public sealed record PoolStatus(string Silo, int Permits, int Running, bool Draining, DateTimeOffset SeenAt)
{
    /// <summary>
    /// Handlers there that run on although their lease has ended, because they ignore their timeout or that they were stopped. They count in the
    /// limits of the class until they return.
    /// </summary>
    public int Overstaying { get; init; }
}
