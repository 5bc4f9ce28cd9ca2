namespace OrleansJobs;

/// <summary>The pool of a class on one silo, as that silo knows it.</summary>
/// <param name="JobClass">The class.</param>
/// <param name="Permits">Jobs it runs at once at most.</param>
/// <param name="Ceiling">What the permits may be raised to.</param>
/// <param name="Running">Slots that are taken.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record SiloPool(
    [property: Id(0)] string JobClass, [property: Id(1)] int Permits, [property: Id(2)] int Ceiling, [property: Id(3)] int Running)
{
    /// <summary>Handlers among those whose lease has ended, because they ignore their timeout or that they were stopped.</summary>
    [Id(4)]
    public int Overstaying { get; init; }
}
