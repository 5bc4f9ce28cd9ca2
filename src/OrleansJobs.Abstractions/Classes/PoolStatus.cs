namespace OrleansJobs;

/// <summary>The pool of one class on one silo.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Permits">Jobs it runs at once at most.</param>
/// <param name="Running">Slots it holds.</param>
/// <param name="Draining">Whether it takes no more jobs because the silo stops.</param>
/// <param name="SeenAt">When its agent last spoke.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable]
public sealed record PoolStatus(
    [property: Id(0)] string Silo, [property: Id(1)] int Permits, [property: Id(2)] int Running, [property: Id(3)] bool Draining,
    [property: Id(4)] DateTimeOffset SeenAt)
{
    /// <summary>
    /// Handlers there that run on although their lease has ended, because they ignore their timeout or that they were stopped. They count in the
    /// limits of the class until they return.
    /// </summary>
    [Id(5)]
    public int Overstaying { get; init; }
}
