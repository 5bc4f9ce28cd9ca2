namespace OrleansJobs;

/// <summary>The pool of a class on one silo, as that silo knows it.</summary>
/// <param name="JobClass">The class.</param>
/// <param name="Permits">Jobs it runs at once at most.</param>
/// <param name="Ceiling">What the permits may be raised to.</param>
/// <param name="Running">Slots that are taken.</param>
public sealed record SiloPool(string JobClass, int Permits, int Ceiling, int Running)
{
    /// <summary>Handlers among those whose lease has ended, because they ignore their timeout or that they were stopped.</summary>
    public int Overstaying { get; init; }
}
